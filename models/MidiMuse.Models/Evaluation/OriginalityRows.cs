using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;

namespace MidiMuse.Models.Evaluation;

/// <summary>How much of the training music and of the motif stands in the answers of one method.</summary>
/// <param name="LongestRun">Notes, mean over excerpts; the others likewise.</param>
/// <param name="Copied">Share of answers that copy more than 99 of 100 human passages do.</param>
public sealed record OriginalityRow(string Method, Role Role, Estimate LongestRun, int LongestOfAll, Estimate CopiedShare, Estimate Copied, Estimate MotifRun, Estimate MotifShare);

/// <summary>The originality meter on the answers.</summary>
public static class OriginalityRows
{
    /// <returns>Null where nothing can be measured: drums.</returns>
    public static OriginalityRow? Row(AnswerSet set, OriginalityMeter meter)
    {
        var reports = set.Excerpts.Zip(set.Answers, (e, a) => meter.Measure(set.Role, e.Prime.ToArray(), a.ToArray())).Where(r => r.IsMeasured).ToList();
        if (reports.Count == 0)
            return null;
        return new OriginalityRow(
            set.Method,
            set.Role,
            Mean(r => r.LongestRun),
            reports.Max(r => r.LongestRun),
            Mean(r => r.CopiedShare),
            Mean(r => r.Verdict == OriginalityVerdict.Copied ? 1 : 0),
            Mean(r => r.MotifRun),
            Mean(r => r.MotifShare));

        Estimate Mean(Func<OriginalityReport, double> part) => Bootstrap.Ratio([.. reports.Select(r => (part(r), 1.0))])!.Value;
    }
}
