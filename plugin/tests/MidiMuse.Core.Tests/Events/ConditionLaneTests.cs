using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Tests.Events;

public sealed class ConditionLaneTests
{
    private static readonly NoteConditions Sparse = new() { Density = 2, Chord = Chord.Of(0, ChordQuality.Major) };
    private static readonly NoteConditions Dense = new() { Density = 7, Chord = Chord.Of(7, ChordQuality.Dominant) };

    [Fact]
    public void An_entry_holds_from_its_tick_until_the_next_one()
    {
        var lane = new ConditionLane([(96, Dense), (0, Sparse)]);
        Assert.Equal(NoteConditions.NotGiven, lane.At(-1));
        Assert.Equal(Sparse, lane.At(0));
        Assert.Equal(Sparse, lane.At(95));
        Assert.Equal(Dense, lane.At(96));
        Assert.Equal(Dense, lane.At(long.MaxValue));
    }

    [Fact]
    public void Lanes_are_equal_by_content_and_tell_where_they_part()
    {
        var lane = new ConditionLane([(0, Sparse), (96, Dense)]);
        Assert.Equal(lane, new ConditionLane([(96, Dense), (0, Sparse)]));
        Assert.Equal(long.MaxValue, lane.FirstDifference(new ConditionLane([(0, Sparse), (96, Dense)])));
        Assert.Equal(96, lane.FirstDifference(new ConditionLane([(0, Sparse)])));
        Assert.Equal(long.MinValue, ConditionLane.Constant(Dense).FirstDifference(ConditionLane.Empty));
    }

    [Fact]
    public void A_context_without_conditions_equals_one_with_an_empty_lane()
    {
        var context = new PhraseContext(Meter.CommonTime, Role.Melody, null);
        Assert.Equal(context, context with { Conditions = ConditionLane.Empty });
        Assert.NotEqual(context, context with { Conditions = ConditionLane.Constant(Sparse) });
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(1.0, 3)]
    [InlineData(2.0, 5)]
    [InlineData(9.0, 8)]
    public void Density_has_eight_classes(double onsetsPerQuarter, int expected) =>
        Assert.Equal(expected, ConditionVocabulary.DensityFrom(onsetsPerQuarter));

    [Fact]
    public void The_middle_of_a_class_lies_in_it()
    {
        for (var i = 1; i < ConditionVocabulary.DensityClasses; i++)
            Assert.Equal(i, ConditionVocabulary.DensityFrom(ConditionVocabulary.DensityOf(i)));
        for (var i = 1; i < ConditionVocabulary.RegisterClasses; i++)
            Assert.Equal(i, ConditionVocabulary.RegisterFrom(ConditionVocabulary.RegisterOf(i)));
        for (var i = 1; i < ConditionVocabulary.PolyphonyClasses; i++)
            Assert.Equal(i, ConditionVocabulary.PolyphonyFrom(ConditionVocabulary.PolyphonyOf(i)));
    }
}
