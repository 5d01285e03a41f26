using MidiMuse.Core.Harmony;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Tests.Shards;

public sealed class ChordMatcherTests
{
    /// <summary>Oracle: every plain chord of the common qualities, sounded in root position, is named as what it is.</summary>
    [Theory]
    [InlineData(ChordQuality.Major)]
    [InlineData(ChordQuality.Minor)]
    [InlineData(ChordQuality.Dominant)]
    [InlineData(ChordQuality.MajorSeventh)]
    [InlineData(ChordQuality.MinorSeventh)]
    [InlineData(ChordQuality.HalfDiminished)]
    [InlineData(ChordQuality.Diminished)]
    [InlineData(ChordQuality.DiminishedSeventh)]
    [InlineData(ChordQuality.Augmented)]
    [InlineData(ChordQuality.SuspendedFourth)]
    public void A_chord_that_sounds_plainly_is_found(ChordQuality quality)
    {
        for (var root = 0; root < 12; root++)
        {
            var chord = Chord.Of(root, quality);
            var weights = new double[12];
            for (var pitchClass = 0; pitchClass < 12; pitchClass++)
                weights[pitchClass] = chord.Contains(pitchClass) ? 1 : 0;
            Assert.Equal(chord, ChordMatcher.Find(weights, root));
        }
    }

    [Fact]
    public void A_passing_note_does_not_change_the_chord()
    {
        double[] weights = [2, 0, 0.4, 0, 2, 0, 0, 2, 0, 0, 0, 0];
        Assert.Equal(Chord.Of(0, ChordQuality.Major), ChordMatcher.Find(weights, 0));
    }

    [Fact]
    public void One_note_or_a_cluster_is_no_chord()
    {
        Assert.Null(ChordMatcher.Find([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0));
        Assert.Null(ChordMatcher.Find([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 0));
        Assert.Null(ChordMatcher.Find(new double[12], 0));
    }

    [Fact]
    public void The_bass_is_named_where_it_is_not_the_root()
    {
        var found = ChordMatcher.Find([1, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 0], 4);
        Assert.Equal("C/E", found?.ToString());
    }
}
