using MidiMuse.Models.Frames;

namespace MidiMuse.Models.Tests.Frames;

public class FrameModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_probabilities_of_all_frames_that_could_follow_sum_to_one(int seed)
    {
        // Five keys: 32 possible frames after a history. A model that looked at the frame it predicts would exceed 1.
        var random = new Random(seed);
        var model = new FrameModel(slotBits: 12);
        model.Train([.. Enumerable.Range(0, 8).Select(_ => Sequence(random, 30))], rounds: 3, rate: 0.02, seed: 1, () => { });
        var history = Sequence(random, 12);
        double sum = 0;
        for (var frame = 0; frame < 32; frame++)
        {
            int[] keys = [.. Enumerable.Range(0, 5).Where(k => (frame >> k & 1) != 0).Select(k => 60 + k)];
            sum += Math.Exp(-model.Nats([.. history, keys])[^1]);
        }
        Assert.Equal(1.0, sum, 1e-9);
    }

    [Fact]
    public void A_frame_s_nats_do_not_depend_on_what_follows_it()
    {
        var random = new Random(4);
        var model = new FrameModel(slotBits: 12);
        model.Train([.. Enumerable.Range(0, 8).Select(_ => Sequence(random, 30))], rounds: 2, rate: 0.02, seed: 1, () => { });
        var sequence = Sequence(random, 20);
        var all = model.Nats(sequence);
        Assert.Equal(all[..10], model.Nats(sequence[..10]));
        Assert.Equal(all, model.Nats(sequence)); // reading leaves nothing behind
    }

    [Fact]
    public void A_repeating_sequence_costs_far_less_than_a_random_one()
    {
        var random = new Random(5);
        var model = new FrameModel(slotBits: 14);
        int[][] loop = [[60, 64], [62], [64], [60, 63], []];
        model.Train([.. Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? Sequence(random, 60) : [.. Enumerable.Range(i, 60).Select(t => loop[t % 5])])], rounds: 3, rate: 0.02, seed: 1, () => { });
        var repeated = model.Nats([.. Enumerable.Range(0, 60).Select(t => loop[t % 5])])[20..].Average();
        var unlike = model.Nats(Sequence(random, 60))[20..].Average();
        Assert.True(repeated < unlike / 3, $"{repeated:0.00} nats a frame for a loop, {unlike:0.00} for random frames (seed 5)");
    }

    private static int[][] Sequence(Random random, int frames) =>
        [.. Enumerable.Range(0, frames).Select(_ => Enumerable.Range(60, 5).Where(_ => random.Next(3) == 0).ToArray())];
}
