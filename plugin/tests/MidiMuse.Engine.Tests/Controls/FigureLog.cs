using System.Globalization;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>
/// Collects the figures that plugin/docs/CONTROLS.md shows: where the environment variable MIDIMUSE_CONTROL_FIGURES
/// names a file, every measured row is appended to it as a line of a Markdown table.
/// </summary>
internal static class FigureLog
{
    private static readonly Lock Gate = new();

    public static void Row(string control, string measure, double off, params (string Setting, double Value)[] settings)
    {
        if (Environment.GetEnvironmentVariable("MIDIMUSE_CONTROL_FIGURES") is not { Length: > 0 } file)
            return;
        var figures = string.Join("; ", settings.Select(setting => $"{setting.Setting}: {Text(setting.Value)}"));
        lock (Gate)
            File.AppendAllText(file, $"| {control} | {measure} | {Text(off)} | {figures} |\n");
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
