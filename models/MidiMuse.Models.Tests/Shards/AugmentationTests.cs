using MidiMuse.Core.Notes;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Tests.Shards;

public class AugmentationTests
{
    [Fact]
    public void Variation_keeps_rhythm_and_intervals_and_moves_the_key_along()
    {
        foreach (var (seed, phrase, varied) in Variations(Role.Piano))
        {
            var semitones = varied.Notes[0].Pitch - phrase.Notes[0].Pitch;
            Assert.All(varied.Notes.Zip(phrase.Notes), pair => Assert.Equal(
                (pair.Second.OnsetTick, pair.Second.DurationTicks, pair.Second.Pitch + semitones),
                (pair.First.OnsetTick, pair.First.DurationTicks, pair.First.Pitch)));
            if (varied.Context.Key is { } key)
                Assert.True(key == phrase.Context.Key!.Value.Transpose(semitones), $"Seed {seed}: the key did not follow.");
            Assert.InRange(varied.Notes.Min(n => n.Pitch), Augmentation.LowestPitch, Augmentation.HighestPitch);
            Assert.InRange(varied.Notes.Max(n => n.Pitch), Augmentation.LowestPitch, Augmentation.HighestPitch);
        }
    }

    [Fact]
    public void All_keys_come_up() =>
        Assert.True(Variations(Role.Piano).Select(v => v.Varied.Notes[0].Pitch - v.Phrase.Notes[0].Pitch).Distinct().Count() >= 12);

    [Fact]
    public void Drums_keep_their_instruments() =>
        Assert.All(Variations(Role.Drums), v => Assert.Equal(v.Phrase.Notes.Select(n => n.Pitch), v.Varied.Notes.Select(n => n.Pitch)));

    [Fact]
    public void Louder_notes_stay_at_least_as_loud()
    {
        foreach (var (seed, phrase, varied) in Variations(Role.Drums))
        {
            var order = Enumerable.Range(0, phrase.Notes.Count).OrderBy(i => phrase.Notes[i].Velocity).ToArray();
            for (var i = 1; i < order.Length; i++)
                Assert.True(varied.Notes[order[i]].Velocity >= varied.Notes[order[i - 1]].Velocity, $"Seed {seed}: the order of loudness changed.");
            Assert.All(varied.Notes, n => Assert.InRange(n.Velocity, 1, 127));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_training_set()
    {
        var piece = RandomPiece.Draw(3);
        var first = new ShardBuilder(3, 7).Phrases(piece).Select(p => p.Phrase.Notes).ToList();
        var second = new ShardBuilder(3, 7).Phrases(piece).Select(p => p.Phrase.Notes).ToList();
        Assert.Equal(first, second);
        Assert.NotEqual(first, new ShardBuilder(3, 8).Phrases(piece).Select(p => p.Phrase.Notes));
    }

    [Fact]
    public void Only_tier_A_is_trained_on()
    {
        var builder = new ShardBuilder(1, 1);
        var piece = RandomPiece.Draw(4);
        Assert.All(builder.Phrases(piece), p => Assert.Equal(ShardBuilder.Train, p.Set));
        Assert.Empty(builder.Phrases(piece with { Tier = "B" }));
        Assert.Empty(builder.Phrases(piece with { Tier = "C" }));
        Assert.Empty(builder.Phrases(piece with { Split = "test" }));
        Assert.All(builder.Phrases(piece with { Split = "valid" }), p => Assert.Equal(ShardBuilder.ValidA, p.Set));
        Assert.All(builder.Phrases(piece with { Split = "valid", Tier = "B" }), p => Assert.Equal(ShardBuilder.ValidB, p.Set));
    }

    private static IEnumerable<(int Seed, Phrase Phrase, Phrase Varied)> Variations(Role role)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var piece = RandomPiece.Draw(seed);
            var phrase = new PhraseCutter(Segment.MostNotes).Cut(piece, Part.Of(piece).Single(p => p.Role == role), 256).First();
            yield return (seed, phrase, Augmentation.Vary(phrase, new Random(seed)));
        }
    }
}
