using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Tests.Metrics;

public class CardinalityScoreTests
{
    [Fact]
    public void A_transposed_and_delayed_copy_is_perfect()
    {
        var truth = Notes((0, 60), (24, 62), (48, 64), (72, 65));
        var score = CardinalityScore.Of(truth, truth.Select(n => n with { OnsetTick = n.OnsetTick + 12, Pitch = n.Pitch + 7 }));
        Assert.Equal(new CardinalityScore(1, 1), score);
        Assert.Equal(1, score!.Value.F1);
    }

    [Fact]
    public void The_score_of_a_partial_match_is_the_one_counted_by_hand()
    {
        // Translation (0, 0) matches three points, every other one fewer: (3 - 1) / (3 - 1) and (3 - 1) / (5 - 1).
        var truth = Notes((0, 60), (24, 62), (48, 64), (72, 65), (96, 67));
        var prediction = Notes((0, 60), (24, 62), (72, 65));
        var score = CardinalityScore.Of(truth, prediction)!.Value;
        Assert.Equal(1.0, score.Precision);
        Assert.Equal(0.5, score.Recall);
        Assert.Equal(2.0 / 3.0, score.F1, 12);
    }

    [Fact]
    public void Points_that_share_no_translation_score_zero()
    {
        var score = CardinalityScore.Of(Notes((0, 60), (24, 62)), Notes((0, 60), (25, 70)))!.Value;
        Assert.Equal(0, score.F1);
    }

    [Fact]
    public void Notes_doubled_at_one_point_count_once()
    {
        var truth = Notes((0, 60), (24, 62));
        Assert.Equal(new CardinalityScore(1, 1), CardinalityScore.Of(truth, truth.Concat(truth)));
    }

    [Fact]
    public void A_single_note_has_no_score() => Assert.Null(CardinalityScore.Of(Notes((0, 60), (24, 62)), Notes((0, 60))));

    [Fact]
    public void The_pitch_score_is_the_overlap_of_the_histograms()
    {
        var truth = Notes((0, 60), (24, 60), (48, 64), (72, 67));
        var prediction = Notes((0, 60), (24, 72), (48, 64), (72, 70));
        Assert.Equal(0.5, PitchScore.Of(truth, prediction), 12);
        Assert.Equal(0.75, PitchScore.Of(truth, prediction, ignoreOctave: true), 12);
        Assert.Equal(0, PitchScore.Of(truth, []));
    }

    private static List<GridNote> Notes(params (long Onset, int Pitch)[] points) =>
        [.. points.Select(p => new GridNote(p.Onset, 24, p.Pitch, 80))];
}
