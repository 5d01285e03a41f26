using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Tests.Sampling;

public sealed class Xoshiro256Tests
{
    /// <summary>Oracle: the first outputs of the authors' C program for the state 1, 2, 3, 4.</summary>
    [Fact]
    public void The_generator_gives_the_numbers_of_its_authors()
    {
        var random = new Xoshiro256(1, 2, 3, 4);
        ulong[] expected = [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600];
        Assert.All(expected, number => Assert.Equal(number, random.NextUInt64()));
    }

    /// <summary>Oracle: the published first outputs for the seed 1234567.</summary>
    [Fact]
    public void The_seeding_gives_the_numbers_of_its_authors()
    {
        var state = 1234567UL;
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431];
        Assert.All(expected, number => Assert.Equal(number, SplitMix64.Next(ref state)));
    }

    [Fact]
    public void Every_seed_bar_and_candidate_has_numbers_of_its_own()
    {
        var first = new HashSet<ulong>();
        for (var seed = 0UL; seed < 20; seed++)
        {
            for (var bar = 0; bar < 20; bar++)
            {
                for (var candidate = 0; candidate < 20; candidate++)
                    first.Add(Xoshiro256.ForBar(seed, bar, candidate).NextUInt64());
            }
        }
        Assert.Equal(20 * 20 * 20, first.Count);
    }
}
