using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MidiMuse.Perf.Reports;

/// <summary>All figures of a run, and what they may be compared with.</summary>
/// <param name="Machine">Model of the processor.</param>
/// <param name="Cores">Logical processors that the process may use.</param>
/// <param name="ModelHash">SHA-256 of the model's description, which names the hashes of its weights.</param>
/// <param name="Configuration">Everything else that changes figures without being the code under measurement.</param>
/// <param name="TakenAt">UTC.</param>
/// <param name="LoadAverage">Processes that wanted a core over the last minute, at the start and at the end; -1 unknown.</param>
public sealed record PerfReport(
    string Machine,
    int Cores,
    string ModelName,
    string ModelHash,
    IReadOnlyDictionary<string, string> Configuration,
    DateTime TakenAt,
    double[] LoadAverage,
    IReadOnlyList<Figure> Figures)
{
    private const int ShownHashLength = 12;

    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>SHA-256 of the configuration in lower-case hex, whatever the order of its entries.</summary>
    public string ConfigurationHash
    {
        get
        {
            var lines = Configuration.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}\n");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
        }
    }

    /// <exception cref="InvalidDataException">The file holds no report.</exception>
    public static PerfReport Read(Stream stream)
    {
        try
        {
            var report = JsonSerializer.Deserialize<PerfReport>(stream, JsonOptions);
            return report is { Machine: not null, ModelHash: not null, Configuration: not null, Figures: not null }
                ? report
                : throw new InvalidDataException("The file is no report of MidiMuse.Perf.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The file is no report of MidiMuse.Perf: {error.Message}", error);
        }
    }

    public void WriteJson(Stream stream) => JsonSerializer.Serialize(stream, this, JsonOptions);

    public void WriteMarkdown(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Machine}, {Cores} cores, load {LoadAverage[0]:F1} to {LoadAverage[1]:F1}, {TakenAt:yyyy-MM-dd HH:mm} UTC"));
        output.WriteLine($"model {ModelName} {ModelHash[..Math.Min(ShownHashLength, ModelHash.Length)]}, configuration {ConfigurationHash[..ShownHashLength]} ({string.Join(", ", Configuration.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}"))})");
        output.WriteLine();
        WriteFigures(Figures, output);
    }

    public static void WriteFigures(IEnumerable<Figure> figures, TextWriter output)
    {
        var table = new MarkdownTable("part", "what", "value", "p99", "p99.9", "max", "unit", "note");
        var part = "";
        foreach (var figure in figures)
        {
            table.Add(figure.Part == part ? "" : figure.Part, figure.What, MarkdownTable.Number(figure.Value), MarkdownTable.Number(figure.P99), MarkdownTable.Number(figure.P999), MarkdownTable.Number(figure.Max), figure.Unit, figure.Note);
            part = figure.Part;
        }
        table.Write(output);
    }
}
