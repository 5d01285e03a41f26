using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>A method's F1 less that of each baseline, mean over the same excerpts.</summary>
/// <param name="Role">Null: the excerpts of all roles.</param>
/// <param name="OverCopy">Null where the baseline was left out.</param>
/// <param name="OverCopyWereItTrue">
/// The first figure where another of the method's answers stands for the real continuation: what a perfect model would reach
/// if music were made as this method makes it. Null where no other answers were drawn.
/// </param>
/// <param name="OverMarkov">Null where the baseline was left out.</param>
/// <param name="Copies">Share of the answers that are the motif again, note for note (place and pitch); null without the copy.</param>
public sealed record AdvantageRow(string Method, Role? Role, int Excerpts, Estimate? OverCopy, Estimate? OverCopyWereItTrue, Estimate? OverMarkov, Estimate? Copies);

/// <summary>
/// Compares excerpt by excerpt. Excerpts differ in F1 far more than methods do, so two methods' intervals overlap where the
/// interval of their difference does not reach 0.
/// </summary>
public static class AdvantageReport
{
    /// <param name="sets">All methods' answers to the same excerpts in the same order.</param>
    /// <param name="others">Answers to the same with other seeds, of methods that draw theirs.</param>
    public static IEnumerable<AdvantageRow> Rows(IReadOnlyList<AnswerSet> sets, IReadOnlyList<AnswerSet> others)
    {
        var answers = sets.SelectMany(Scored).ToLookup(answer => answer.Method);
        var worlds = others.GroupBy(other => other.Method).ToDictionary(truths => truths.Key, truths => (Own: Against(truths.Key, truths), Copies: Against(CopyContinuation.Label, truths)));
        string[] references = [TrueContinuation.Label, OtherPieceContinuation.Label, CopyContinuation.Label, MarkovContinuation.Label];
        foreach (var method in answers.Where(method => !references.Contains(method.Key)))
        {
            foreach (var role in method.Select(answer => answer.Role).Distinct())
                yield return Row(method.Key, role);
            yield return Row(method.Key, null);
        }

        AdvantageRow Row(string method, Role? role)
        {
            var (own, copies) = (Of(method, role), Of(CopyContinuation.Label, role));
            return new AdvantageRow(method, role, own.Length, Advantage(own, copies), WereItTrue(method, role), Advantage(own, Of(MarkovContinuation.Label, role)), Equal(own, copies));
        }

        Estimate? WereItTrue(string method, Role? role) =>
            worlds.TryGetValue(method, out var world) ? Advantage(InRole(world.Own, role), InRole(world.Copies, role)) : null;

        ScoredAnswer[] Against(string method, IEnumerable<AnswerSet> truths) =>
        [
            .. from truth in truths
               from set in sets
               where set.Method == method && set.Role == truth.Role
               from answer in Scored(set.Against(truth))
               select answer,
        ];

        ScoredAnswer[] Of(string method, Role? role) => InRole(answers[method], role);
    }

    private static ScoredAnswer[] InRole(IEnumerable<ScoredAnswer> answers, Role? role) => [.. answers.Where(answer => role is null || answer.Role == role)];

    private static IEnumerable<ScoredAnswer> Scored(AnswerSet set) => set.Excerpts.Zip(set.Answers, (excerpt, answer) =>
        new ScoredAnswer(set.Method, set.Role, excerpt.Score(answer).F1, [.. answer.Select(n => (n.OnsetTick, n.Pitch)).Order()]));

    private static Estimate? Advantage(ScoredAnswer[] own, ScoredAnswer[] baseline) => Mean(own, baseline, (a, b) => a.F1 - b.F1);

    private static Estimate? Equal(ScoredAnswer[] own, ScoredAnswer[] copies) => Mean(own, copies, (a, b) => a.Notes.SequenceEqual(b.Notes) ? 1 : 0);

    private static Estimate? Mean(ScoredAnswer[] own, ScoredAnswer[] baseline, Func<ScoredAnswer, ScoredAnswer, double> measure) =>
        baseline.Length == 0 ? null : Bootstrap.Ratio([.. own.Zip(baseline, (a, b) => (measure(a, b), 1.0))]);

    private sealed record ScoredAnswer(string Method, Role Role, double F1, (long Tick, int Pitch)[] Notes);
}
