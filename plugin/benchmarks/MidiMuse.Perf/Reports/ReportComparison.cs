namespace MidiMuse.Perf.Reports;

/// <summary>Two reports side by side. Figures of different machines, models or configurations are not comparable, so they are not compared.</summary>
public static class ReportComparison
{
    /// <summary>Why the reports cannot be compared; null where they can.</summary>
    public static string? Refusal(PerfReport before, PerfReport now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        if (before.Machine != now.Machine || before.Cores != now.Cores)
            return $"The machines differ: {before.Machine} with {before.Cores} cores, {now.Machine} with {now.Cores}.";
        if (before.ModelHash != now.ModelHash)
            return $"The models differ: {before.ModelName} {before.ModelHash}, {now.ModelName} {now.ModelHash}.";
        return before.ConfigurationHash == now.ConfigurationHash ? null : $"The configurations differ: {string.Join(", ", Differences(before, now))}.";
    }

    /// <summary>Every figure that both have, as a ratio.</summary>
    /// <exception cref="InvalidOperationException">The reports cannot be compared.</exception>
    public static void Write(PerfReport before, PerfReport now, TextWriter output)
    {
        if (Refusal(before, now) is { } reason)
            throw new InvalidOperationException(reason);
        ArgumentNullException.ThrowIfNull(output);
        var earlier = before.Figures.ToDictionary(Key);
        var table = new MarkdownTable("part", "what", "before", "now", "ratio", "p99 ratio", "max ratio", "unit");
        foreach (var figure in now.Figures)
        {
            if (!earlier.TryGetValue(Key(figure), out var old))
                continue;
            table.Add(
                figure.Part,
                figure.What,
                MarkdownTable.Number(old.Value),
                MarkdownTable.Number(figure.Value),
                MarkdownTable.Number(Ratio(old.Value, figure.Value)),
                MarkdownTable.Number(Ratio(old.P99, figure.P99)),
                MarkdownTable.Number(Ratio(old.Max, figure.Max)),
                figure.Unit);
        }
        table.Write(output);
    }

    private static (string, string, string) Key(Figure figure) => (figure.Part, figure.What, figure.Unit);

    private static double? Ratio(double? before, double? now) => before is { } old && now is { } value && old != 0 ? value / old : null;

    private static IEnumerable<string> Differences(PerfReport before, PerfReport now) =>
        before.Configuration.Keys.Union(now.Configuration.Keys)
            .Order(StringComparer.Ordinal)
            .Where(key => before.Configuration.GetValueOrDefault(key) != now.Configuration.GetValueOrDefault(key))
            .Select(key => $"{key} was {before.Configuration.GetValueOrDefault(key, "not given")} and is {now.Configuration.GetValueOrDefault(key, "not given")}");
}
