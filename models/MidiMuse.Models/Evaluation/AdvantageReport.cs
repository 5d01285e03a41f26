using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>A method's F1 less that of each baseline, mean over the same excerpts.</summary>
/// <param name="Role">Null: the excerpts of all roles.</param>
/// <param name="OverCopy">Null where the baseline was left out.</param>
/// <param name="OverMarkov">Null where the baseline was left out.</param>
public sealed record AdvantageRow(string Method, Role? Role, int Excerpts, Estimate? OverCopy, Estimate? OverMarkov);

/// <summary>
/// Compares excerpt by excerpt. Excerpts differ in F1 far more than methods do, so two methods' intervals overlap where the
/// interval of their difference does not reach 0.
/// </summary>
public static class AdvantageReport
{
    /// <param name="sets">All methods' answers to the same excerpts in the same order.</param>
    public static IEnumerable<AdvantageRow> Rows(IReadOnlyList<AnswerSet> sets)
    {
        var scores = sets.ToLookup(set => set.Method, set => (set.Role, F1: F1(set)));
        string[] references = [TrueContinuation.Label, OtherPieceContinuation.Label, CopyContinuation.Label, MarkovContinuation.Label];
        foreach (var method in scores.Where(method => !references.Contains(method.Key)))
        {
            foreach (var (role, _) in method)
                yield return Row(method.Key, role);
            yield return Row(method.Key, null);
        }

        AdvantageRow Row(string method, Role? role)
        {
            var own = Scores(method, role);
            return new AdvantageRow(method, role, own.Length, Difference(own, Scores(CopyContinuation.Label, role)), Difference(own, Scores(MarkovContinuation.Label, role)));
        }

        double[] Scores(string method, Role? role) => [.. scores[method].Where(of => role is null || of.Role == role).SelectMany(of => of.F1)];
    }

    private static double[] F1(AnswerSet set) => [.. set.Excerpts.Zip(set.Answers, (excerpt, answer) => excerpt.Score(answer).F1)];

    private static Estimate? Difference(double[] own, double[] baseline) =>
        baseline.Length == 0 ? null : Bootstrap.Ratio([.. own.Zip(baseline, (a, b) => (a - b, 1.0))]);
}
