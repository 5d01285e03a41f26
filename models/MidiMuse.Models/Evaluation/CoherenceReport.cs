using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>Self-similarity over <see cref="CoherenceReport.Bars"/> bars, means over pieces.</summary>
public sealed record CoherenceRow(string Method, Role Role, int Pieces, double Notes, Estimate At1, Estimate At4, Estimate At8, Estimate At16);

/// <summary>Whether themes return in long answers, and whether bars go round in circles: the first four bars of a piece, continued to 64 bars.</summary>
public static class CoherenceReport
{
    public const int Bars = 64;

    private static readonly int[] Lags = [1, 4, 8, 16];

    /// <param name="set">Answers to excerpts that are <see cref="Bars"/> long with their answers.</param>
    /// <returns>Null where no answer has notes.</returns>
    public static CoherenceRow? Row(AnswerSet set)
    {
        var figures = Lags.Select(lag => set.Mean((e, a) => SelfSimilarity.AtLag(e.Prime.Concat(a), e.Context.Meter.BarTicks, Bars, lag))).ToArray();
        return figures.All(f => f is not null)
            ? new CoherenceRow(set.Method, set.Role, set.Excerpts.Count, set.Answers.Average(a => a.Count), figures[0]!.Value, figures[1]!.Value, figures[2]!.Value, figures[3]!.Value)
            : null;
    }
}
