using System.Globalization;
using System.Text;

namespace MidiMuse.Models.Evaluation;

/// <summary>The reports as tables that a model card can quote.</summary>
public static class Markdown
{
    public static string Table(IEnumerable<LikelihoodRow> rows)
    {
        var text = new StringBuilder();
        text.Append("| role | model | pieces | notes | nats per note (95 %) | time | pitch | duration | velocity (95 %) |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|\n");
        foreach (var r in rows.OrderBy(r => r.Role))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Lower(r.Role)} | {r.Model} | {r.Pieces} | {r.Notes} | {Format(r.Note)} |");
            text.Append(CultureInfo.InvariantCulture, $" {r.Time:0.000} | {r.Pitch:0.000} | {r.Duration:0.000} | {(r.Velocity is { } v ? Format(v) : "-")} |\n");
        }
        return text.ToString();
    }

    public static string Table(IEnumerable<PredictionRow> rows)
    {
        var text = new StringBuilder();
        text.Append("| role | method | excerpts | notes | F1 (95 %) | precision | recall | pitch score (95 %) | pitch-class score |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|\n");
        foreach (var r in rows.OrderBy(r => r.Role))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Lower(r.Role)} | {r.Method} | {r.Excerpts} | {r.Notes:0.0} | {Format(r.F1)} |");
            text.Append(CultureInfo.InvariantCulture, $" {r.Precision:0.000} | {r.Recall:0.000} | {Format(r.PitchScore)} | {r.PitchClassScore:0.000} |\n");
        }
        return text.ToString();
    }

    private static string Format(Estimate e) =>
        string.Create(CultureInfo.InvariantCulture, $"{e.Value:0.000} ({e.Low:0.000}-{e.High:0.000})");

    private static string Lower(Core.Notes.Role role) => role.ToString().ToLowerInvariant();
}
