using MidiMuse.Core.Harmony;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Tests.Sampling;

public sealed class NoteConstraintsTests
{
    /// <summary>Oracle: the scales as a textbook spells them.</summary>
    [Theory]
    [InlineData(0, Mode.Major, new[] { 0, 2, 4, 5, 7, 9, 11 })]
    [InlineData(9, Mode.Minor, new[] { 9, 11, 0, 2, 4, 5, 7 })]
    [InlineData(3, Mode.Major, new[] { 3, 5, 7, 8, 10, 0, 2 })]
    [InlineData(4, Mode.Minor, new[] { 4, 6, 7, 9, 11, 0, 2 })]
    [InlineData(11, Mode.Major, new[] { 11, 1, 3, 4, 6, 8, 10 })]
    public void A_key_has_the_pitch_classes_of_its_scale(int tonic, Mode mode, int[] expected)
    {
        var scale = PitchClassSet.OfKey(new Key(tonic, mode));
        Assert.Equal(expected.Order(), Enumerable.Range(0, 12).Where(scale.Contains));
    }

    [Fact]
    public void The_pitches_are_those_of_the_scale_within_the_range()
    {
        var constraints = new NoteConstraints(PitchClassSet.OfKey(new Key(7, Mode.Major)), 60, 72);
        Assert.Equal([60, 62, 64, 66, 67, 69, 71, 72], Enumerable.Range(0, 128).Where(constraints.Pitches.Contains));
    }

    [Fact]
    public void A_range_without_a_pitch_of_the_scale_gives_way_to_the_scale()
    {
        var constraints = new NoteConstraints(PitchClassSet.OfKey(new Key(0, Mode.Major)), 61, 61);
        Assert.Equal([60], Enumerable.Range(0, 128).Where(constraints.Pitches.Contains));
    }

    [Fact]
    public void Constraints_that_no_note_could_keep_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new NoteConstraints(new PitchClassSet(0)));
        Assert.Throws<ArgumentException>(() => new NoteConstraints(PitchClassSet.Chromatic, 72, 60));
        Assert.Throws<ArgumentException>(() => new NoteConstraints(PitchClassSet.Chromatic, 0, 128));
    }
}
