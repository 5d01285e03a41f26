using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>Scores of one method on one role: MIREX cardinality scores and pitch score, means over excerpts.</summary>
/// <param name="Notes">Notes of an answer, mean.</param>
/// <param name="FoilsRecognised">Share of excerpts in which the method finds what really followed likelier than a foil; null where it has no likelihood.</param>
public sealed record PredictionRow(
    string Method,
    Role Role,
    int Excerpts,
    double Notes,
    Estimate F1,
    double Precision,
    double Recall,
    Estimate PitchScore,
    double PitchClassScore,
    Estimate? FoilsRecognised);

/// <summary>How much four bars foretell of the next four.</summary>
public static class PredictionReport
{
    public static PredictionRow Row(AnswerSet set, Estimate? foilsRecognised)
    {
        return new PredictionRow(
            set.Method,
            set.Role,
            set.Excerpts.Count,
            set.Answers.Average(a => a.Count),
            Mean(c => c.F1),
            Mean(c => c.Precision).Value,
            Mean(c => c.Recall).Value,
            set.Mean((e, a) => PitchScore.Of(e.Truth, a))!.Value,
            set.Mean((e, a) => PitchScore.Of(e.Truth, a, ignoreOctave: true))!.Value.Value,
            foilsRecognised);

        Estimate Mean(Func<CardinalityScore, double> part) => set.Mean((e, a) => part(e.Score(a)))!.Value;
    }
}
