using System.Globalization;
using MidiMuse.Core.Time;

namespace MidiMuse.RealHosts.Tests;

/// <summary>
/// Arm, play a motif, get an answer: what both hosts do in these tests. The motif lies at the start of the project,
/// the answer is due on the bar line after it.
/// </summary>
internal sealed record Scenario(Motif Motif, int AnswerBars, double Bpm)
{
    public Meter Meter => Motif.Meter;

    public double AnswerStartPpq => Motif.EndPpq;

    public double AnswerEndPpq => AnswerStartPpq + (AnswerBars * Meter.BarPpq);

    /// <summary>One bar more, so that what should be silent can be heard.</summary>
    public double StopPpq => AnswerEndPpq + Meter.BarPpq;

    public double Seconds(double ppq) => ppq * 60 / Bpm;

    public IReadOnlyList<(string Name, string Text)> Settings =>
    [
        ("Capture", BarsText(Motif.Bars)),
        ("Answer length", BarsText(AnswerBars)),
        ("Arm", "On"),
    ];

    public IEnumerable<string> JuceOptions(string motifPath) =>
    [
        "--motif", motifPath, "--bpm", Number(Bpm), "--sig", Meter.ToString(), "--stop", Number(StopPpq),
        .. Settings.SelectMany(setting => new[] { "--set", $"{setting.Name}={setting.Text}" }),
    ];

    public static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string BarsText(int bars) => bars == 1 ? "1 bar" : $"{bars} bars";
}
