using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Sampling;

public sealed class SamplerTests
{
    private const ulong Seed = 4711;

    private static readonly float[] Logits = [0.3f, -1.2f, 2.5f, 0.3f, 1.9f, -4f, 0f, 1.1f, 2.4f, -0.5f, 0.9f, 1.5f];

    private readonly Sampler _sampler = new();

    /// <summary>Oracle: mask, softmax and nucleus written out with LINQ. The seed is 4711.</summary>
    [Theory]
    [InlineData(1.0, 1.0, 0)]
    [InlineData(0.7, 1.0, 0)]
    [InlineData(1.6, 0.8, 0)]
    [InlineData(1.0, 0.6, 0b0001_0100)]
    [InlineData(0.9, 0.95, 0b1010_0000_0011)]
    public void Draws_follow_the_masked_tempered_and_truncated_softmax(double temperature, double topP, int forbidden)
    {
        var mask = ClassMask.All(Logits.Length);
        for (var i = 0; i < Logits.Length; i++)
        {
            if ((forbidden & (1 << i)) != 0)
                mask.Remove(i);
        }
        var random = new Xoshiro256(Seed);
        var counts = new long[Logits.Length];
        for (var i = 0; i < 50_000; i++)
            counts[_sampler.Draw(Logits, mask, new DrawSettings(temperature, topP), ref random).Class]++;

        ChiSquare.AssertFollows(Distribution(temperature, topP, forbidden), counts);
    }

    [Fact]
    public void Temperature_zero_takes_the_likeliest_allowed_class()
    {
        var mask = ClassMask.All(Logits.Length);
        mask.Remove(2);
        var random = new Xoshiro256(Seed);
        Assert.Equal(new Draw(DrawStatus.Drawn, 8), _sampler.Draw(Logits, mask, new DrawSettings(0, 1), ref random));
        Assert.Equal(new Draw(DrawStatus.Drawn, 8), _sampler.Draw(Logits, mask, new DrawSettings(double.NaN, 1), ref random));
        Assert.Equal(new Draw(DrawStatus.Drawn, 8), _sampler.Draw(Logits, mask, new DrawSettings(1, 0), ref random));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_no_numbers_are_reported_and_not_drawn_from(float bad)
    {
        var random = new Xoshiro256(Seed);
        float[] logits = [0, 1, bad, 2];
        Assert.Equal(new Draw(DrawStatus.BadLogits, -1), _sampler.Draw(logits, ClassMask.All(4), new DrawSettings(1, 0.9), ref random));
    }

    [Fact]
    public void Logits_without_any_probability_are_reported()
    {
        var random = new Xoshiro256(Seed);
        float[] logits = [float.NegativeInfinity, float.NegativeInfinity];
        Assert.Equal(DrawStatus.BadLogits, _sampler.Draw(logits, ClassMask.All(2), new DrawSettings(1, 1), ref random).Status);
        Assert.Equal(DrawStatus.BadLogits, _sampler.Draw([], ClassMask.All(2), new DrawSettings(1, 1), ref random).Status);
    }

    [Fact]
    public void Where_no_allowed_class_has_a_probability_the_nearest_to_the_likeliest_is_forced()
    {
        var random = new Xoshiro256(Seed);
        float[] logits = [float.NegativeInfinity, 0, 3, 1, float.NegativeInfinity, float.NegativeInfinity];
        var mask = default(ClassMask);
        mask.Add(0);
        mask.Add(5);
        Assert.Equal(new Draw(DrawStatus.Forced, 0), _sampler.Draw(logits, mask, new DrawSettings(1, 1), ref random));
        Assert.Equal(new Draw(DrawStatus.NothingAllowed, -1), _sampler.Draw(logits, default, new DrawSettings(1, 1), ref random));
        Assert.Equal(new Draw(DrawStatus.NothingAllowed, -1), _sampler.Draw(logits, ClassMask.Range(6, 100), new DrawSettings(1, 1), ref random));
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    [InlineData(double.PositiveInfinity)]
    public void Extreme_logits_and_temperatures_still_give_a_possible_class(double temperature)
    {
        var random = new Xoshiro256(Seed);
        float[] logits = [float.MinValue, -1e30f, float.MaxValue, 1e30f, float.NegativeInfinity];
        for (var i = 0; i < 1000; i++)
        {
            var draw = _sampler.Draw(logits, ClassMask.All(5), new DrawSettings(temperature, 0.99), ref random);
            Assert.Equal(DrawStatus.Drawn, draw.Status);
            Assert.InRange(draw.Class, 0, 3);
        }
    }

    private static double[] Distribution(double temperature, double topP, int forbidden)
    {
        var weights = Logits.Select((logit, i) => (forbidden & (1 << i)) != 0 ? 0 : Math.Exp(logit / temperature)).ToArray();
        var sum = weights.Sum();
        var order = Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i]).ToArray();
        var nucleus = new HashSet<int>();
        var reached = 0.0;
        foreach (var i in order)
        {
            nucleus.Add(i);
            reached += weights[i] / sum;
            if (reached >= topP)
                break;
        }
        var kept = weights.Select((weight, i) => nucleus.Contains(i) ? weight : 0).ToArray();
        return [.. kept.Select(weight => weight / kept.Sum())];
    }
}
