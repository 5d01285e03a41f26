using System.Globalization;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>The reports as tables that a model card can quote.</summary>
public static class Markdown
{
    public static string Table(IEnumerable<LikelihoodRow> rows) => Table(
        "role | model | pieces | notes | nats per note (95 %) | perplexity | time | pitch | duration | velocity (95 %)",
        rows.OrderBy(r => r.Role).Select(r =>
            $"{Lower(r.Role)} | {r.Model} | {r.Pieces} | {r.Notes} | {Interval(r.Note)} | {Number(Math.Exp(r.Note.Value), "0.0")} | {Number(r.Time)} | {Number(r.Pitch)} | {Number(r.Duration)} | {Interval(r.Velocity)}"));

    public static string Table(IEnumerable<PredictionRow> rows) => Table(
        "role | method | excerpts | notes | F1 (95 %) | precision | recall | pitch score (95 %) | pitch-class score | foils recognised (95 %)",
        rows.OrderBy(r => r.Role).Select(r =>
            $"{Lower(r.Role)} | {r.Method} | {r.Excerpts} | {Number(r.Notes, "0.0")} | {Interval(r.F1)} | {Number(r.Precision)} | {Number(r.Recall)} | {Interval(r.PitchScore)} | {Number(r.PitchClassScore)} | {Interval(r.FoilsRecognised, "0.00")}"));

    public static string Table(IEnumerable<AdvantageRow> rows) => Table(
        "role | method | excerpts | F1 over the motif copy's (95 %) | were its answers the real ones (95 %) | over Markov's (95 %) | the motif note for note (95 %)",
        rows.OrderBy(r => r.Role ?? (Role)int.MaxValue).Select(r =>
            $"{(r.Role is { } role ? Lower(role) : "all")} | {r.Method} | {r.Excerpts} | {Signed(r.OverCopy)} | {Signed(r.OverCopyWereItTrue)} | {Signed(r.OverMarkov)} | {Interval(r.Copies, "0.00")}"));

    public static string Table(IEnumerable<StyleRow> rows) => Table(
        "role | method | pitch-class entropy, bits | scale consistency | groove consistency | syncopation | out of key (95 %)",
        rows.OrderBy(r => r.Role).Select(r =>
            $"{Lower(r.Role)} | {r.Method} | {Figure(r.PitchClassEntropy)} | {Figure(r.ScaleConsistency)} | {Figure(r.GrooveConsistency)} | {Figure(r.RhythmicComplexity)} | {Interval(r.OutOfKey)}"));

    public static string Table(IEnumerable<OriginalityRow> rows) => Table(
        "role | method | longest run, notes (95 %) | longest of all | 8-note windows found | copied (95 %) | motif: longest run | motif: share",
        rows.OrderBy(r => r.Role).Select(r =>
            $"{Lower(r.Role)} | {r.Method} | {Interval(r.LongestRun, "0.0")} | {r.LongestOfAll} | {Number(r.CopiedShare.Value)} | {Interval(r.Copied, "0.00")} | {Number(r.MotifRun.Value, "0.0")} | {Number(r.MotifShare.Value, "0.00")}"));

    public static string Table(IEnumerable<CoherenceRow> rows) => Table(
        "role | method | pieces | notes | after 1 bar (95 %) | after 4 bars (95 %) | after 8 bars | after 16 bars",
        rows.OrderBy(r => r.Role).Select(r =>
            $"{Lower(r.Role)} | {r.Method} | {r.Pieces} | {Number(r.Notes, "0")} | {Interval(r.At1)} | {Interval(r.At4)} | {Interval(r.At8)} | {Interval(r.At16)}"));

    public static string Table(IEnumerable<ControlRow> rows) => Table(
        "role | model | condition | excerpts | the real value: given (95 %) | not given | another value: given (95 %) | not given",
        rows.OrderBy(r => r.Role).Select(r =>
            $"{Lower(r.Role)} | {r.Model} | {r.Condition} | {r.Excerpts} | {Interval(r.TrueGiven, "0.00")} | {Interval(r.TrueNotGiven, "0.00")} | {Interval(r.OtherGiven, "0.00")} | {Interval(r.OtherNotGiven, "0.00")}"));

    private static string Table(string heads, IEnumerable<string> rows)
    {
        var columns = heads.Split(" | ").Length;
        return $"| {heads} |\n|{string.Concat(Enumerable.Repeat("---|", columns))}\n{string.Concat(rows.Select(r => $"| {r} |\n"))}";
    }

    /// <summary>Mean, and distance from the real continuation.</summary>
    private static string Figure(StyleFigure? figure) =>
        figure is null ? "-" : figure.Distance is { } distance ? $"{Number(figure.Mean.Value)} (off by {Number(distance.Value)})" : Number(figure.Mean.Value);

    private static string Interval(Estimate? estimate, string format = "0.000") =>
        estimate is { } e ? $"{Number(e.Value, format)} ({Number(e.Low, format)}-{Number(e.High, format)})" : "-";

    private static string Signed(Estimate? estimate)
    {
        const string Format = "+0.000;-0.000;0.000";
        return estimate is { } e ? $"{Number(e.Value, Format)} ({Number(e.Low, Format)} to {Number(e.High, Format)})" : "-";
    }

    private static string Number(double value, string format = "0.000") => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Lower(Role role) => role.ToString().ToLowerInvariant();
}
