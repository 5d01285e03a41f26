using MidiMuse.Models.Evaluation;

namespace MidiMuse.Models.Tests.Evaluation;

public class BootstrapTests
{
    [Fact]
    public void Pieces_that_agree_leave_no_doubt() =>
        Assert.Equal(new Estimate(0.5, 0.5, 0.5), Bootstrap.Ratio([(1, 2), (2, 4), (4, 8)]));

    [Fact]
    public void The_interval_of_a_mean_is_that_of_the_normal_distribution()
    {
        // 400 draws, uniform in 0..1: mean 0.5, standard error sqrt(1 / 12 / 400) = 0.0144, 95 % are 1.96 of them.
        const int Seed = 3;
        var random = new Random(Seed);
        var estimate = Bootstrap.Ratio([.. Enumerable.Range(0, 400).Select(_ => (random.NextDouble(), 1.0))])!.Value;
        Assert.InRange(estimate.Value, 0.45, 0.55);
        Assert.InRange(estimate.High - estimate.Low, 2 * 1.96 * 0.0144 * 0.85, 2 * 1.96 * 0.0144 * 1.15);
        Assert.InRange(estimate.Value, estimate.Low, estimate.High);
    }

    [Fact]
    public void Nothing_to_divide_by_is_no_estimate() => Assert.Null(Bootstrap.Ratio([(0, 0)]));
}
