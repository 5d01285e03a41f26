using MidiMuse.Core.Harmony;
using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Tests.Metrics;

/// <summary>Oracle: values worked out by hand from the published definitions.</summary>
public class StyleMetricsTests
{
    [Fact]
    public void Four_equally_frequent_pitch_classes_have_two_bits()
    {
        Assert.Equal(2.0, PitchClasses.Entropy(Notes((0, 60), (24, 64), (48, 67), (72, 71), (96, 72), (120, 76), (144, 79), (168, 83)))!.Value, 12);
        Assert.Equal(0.0, PitchClasses.Entropy(Notes((0, 60), (24, 72)))!.Value, 12);
        Assert.Null(PitchClasses.Entropy([]));
    }

    [Fact]
    public void Scale_consistency_is_that_of_the_best_scale()
    {
        Assert.Equal(1.0, PitchClasses.ScaleConsistency(Notes((0, 62), (24, 64), (48, 66), (72, 67)))); // D major
        Assert.Equal(0.75, PitchClasses.ScaleConsistency(Notes((0, 60), (24, 61), (48, 62), (72, 63)))); // three of four: B flat or A flat major
    }

    [Fact]
    public void Raised_degrees_belong_to_minor_and_not_to_major()
    {
        var notes = Notes((0, 69), (24, 68), (48, 66), (72, 61)); // A G# F# C#
        Assert.Equal(0.25, PitchClasses.OutOfKey(notes, new Key(9, Mode.Minor)));
        Assert.Equal(1.0, 1 - PitchClasses.OutOfKey(notes, new Key(9, Mode.Major))!.Value);
        Assert.Equal(0.75, PitchClasses.OutOfKey(notes, new Key(0, Mode.Major)));
    }

    [Fact]
    public void Groove_consistency_counts_positions_that_differ_between_neighbours()
    {
        var same = Notes((0, 60), (24, 60), (96, 67), (120, 60));
        Assert.Equal(1.0, Groove.Consistency(same, 96, 0, 192));
        var different = Notes((0, 60), (24, 60), (96, 60), (132, 60)); // 24 and 36 differ: two of 96 positions
        Assert.Equal(1 - (2 / 96.0), Groove.Consistency(different, 96, 0, 192)!.Value, 12);
        Assert.Null(Groove.Consistency(same, 96, 0, 96));
    }

    [Fact]
    public void Syncopation_counts_notes_by_their_distance_to_the_beat()
    {
        Assert.Equal(0.0, Groove.Complexity(Notes((0, 60), (24, 60)), Meter.CommonTime));
        // Half a beat late: 1 / (1/2) = 2 where it ends on the next beat, 4 where it is held over it.
        Assert.Equal(2.0, Groove.Complexity([new GridNote(12, 12, 60, 80)], Meter.CommonTime));
        Assert.Equal(4.0, Groove.Complexity([new GridNote(12, 24, 60, 80)], Meter.CommonTime));
        Assert.Equal(2.0, Groove.Complexity([new GridNote(12, 60, 60, 80)], Meter.CommonTime));
        // In 6/8 the beat is three eighths: the second eighth is a third of a beat away.
        Assert.Equal(3.0, Groove.Complexity([new GridNote(12, 12, 60, 80)], new Meter(6, 8))!.Value, 12);
    }

    [Fact]
    public void A_theme_that_returns_transposed_is_similar_at_its_lag_only()
    {
        GridNote[] theme = [.. Notes((0, 60), (24, 64), (48, 67)), .. Notes((96, 65), (108, 69), (156, 60))];
        GridNote[] notes = [.. theme, .. theme.Select(n => n with { OnsetTick = n.OnsetTick + 192, Pitch = n.Pitch + 2 })];
        Assert.Equal(1.0, SelfSimilarity.AtLag(notes, 96, 4, 2));
        Assert.True(SelfSimilarity.AtLag(notes, 96, 4, 1) < 0.5);
        Assert.Null(SelfSimilarity.AtLag(notes, 96, 4, 4));
    }

    private static GridNote[] Notes(params (long Onset, int Pitch)[] notes) =>
        [.. notes.Select(n => new GridNote(n.Onset, 24, n.Pitch, 80))];
}
