using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>Scores of one method on one role: MIREX cardinality scores and pitch score, means over excerpts.</summary>
/// <param name="Notes">Notes of an answer, mean.</param>
public sealed record PredictionRow(string Method, Role Role, int Excerpts, double Notes, Estimate F1, double Precision, double Recall, Estimate PitchScore, double PitchClassScore);

/// <summary>How much four bars foretell of the next four.</summary>
public static class PredictionReport
{
    /// <summary>The first seed of a method's draws; each excerpt has its own.</summary>
    private const ulong Seed = 1;

    /// <param name="progress">Called after each excerpt.</param>
    public static PredictionRow Row(IContinuation method, Role role, IReadOnlyList<Excerpt> excerpts, Action progress)
    {
        var scores = new List<(CardinalityScore Cardinality, double Pitch, double PitchClass, int Notes)>();
        foreach (var excerpt in excerpts)
        {
            var answer = method.Answer(excerpt, Seed + (ulong)scores.Count);
            scores.Add((
                CardinalityScore.Of(excerpt.Truth, answer) ?? default,
                PitchScore.Of(excerpt.Truth, answer),
                PitchScore.Of(excerpt.Truth, answer, ignoreOctave: true),
                answer.Count));
            progress();
        }
        return new PredictionRow(
            method.Name,
            role,
            scores.Count,
            scores.Average(s => s.Notes),
            Mean(scores.Select(s => s.Cardinality.F1)),
            scores.Average(s => s.Cardinality.Precision),
            scores.Average(s => s.Cardinality.Recall),
            Mean(scores.Select(s => s.Pitch)),
            scores.Average(s => s.PitchClass));
    }

    private static Estimate Mean(IEnumerable<double> values) => Bootstrap.Ratio([.. values.Select(v => (v, 1.0))])!.Value;
}
