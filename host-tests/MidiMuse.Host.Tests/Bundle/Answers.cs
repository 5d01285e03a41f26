using MidiMuse.Core.Clips;
using MidiMuse.Core.Time;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Plugins;
using MidiMuse.Host.Transport;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>An answer in clip ticks, so that renders at different sample rates can be compared.</summary>
internal readonly record struct AnswerNote(long OnsetTick, long EndTick, int Pitch, int Velocity, int Channel);

/// <summary>Motifs and answers as the bundle's tests use them.</summary>
internal static class Answers
{
    internal const string FourFour = "c4q e4e f4e g4q. e4e | a4e g4e f4e e4e d4h";
    internal const string ThreeFour = "g4q b4e c5e d5q | c5q a4q f#4q";
    internal const string SixEight = "e4q g4e b4e a4e g4e | d4q f#4e a4q.";
    internal const string SevenEight = "d4q f4q a4e g4e f4e | e4q c4q e4q.";

    /// <summary>One played after the other by a fresh instance.</summary>
    internal static MotifResult Play(LoadedBundle bundle, MotifPlan plan)
    {
        using var plugin = bundle.CreatePlugin();
        return new MotifSession(plugin, plan).Run();
    }

    internal static MotifPlan Plan(string motif, Meter meter, int bars = 4, double bpm = 120, params (string, string)[] settings) => new()
    {
        Motif = Motif(motif, meter),
        Bars = bars,
        Transport = new TransportScript { Tempos = TempoMap.Constant(bpm), Meters = MeterMap.Constant(meter) },
        Settings = [("Seed", "7"), .. settings],
    };

    internal static IReadOnlyList<InputNote> Motif(string text, Meter meter) =>
        MotifPlan.NotesOf(new Clip { Tracks = [new ClipTrack("", NoteText.Parse(text, meter))] });

    internal static AnswerNote[] Ticks(MotifResult result) =>
    [
        .. result.Answer
            .Select(n => new AnswerNote(Tick(n.OnsetPpq - result.AnswerStartPpq), Tick(n.EndPpq - result.AnswerStartPpq), n.Pitch, n.Velocity, n.Channel))
            .OrderBy(n => n.OnsetTick).ThenBy(n => n.Pitch),
    ];

    /// <summary>Nothing that a synthesiser could stumble over: every note ends, none sounds twice, no sound from us.</summary>
    internal static void AssertClean(MotifResult result)
    {
        var pairing = result.Performance.Pairing;
        Assert.Equal((0, 0, 0), (pairing.Hanging, pairing.Overlapping, pairing.Stray));
        Assert.Equal(0, result.Performance.OutputPeak);
        Assert.Equal(0, result.Performance.RefusedEvents);
        Assert.Distinct(pairing.Notes.Select(n => (n.OnsetSample, n.Pitch, n.Channel)));
    }

    internal static double Read(HostedPlugin plugin, string title)
    {
        var parameter = plugin.FindParameter(title);
        Assert.NotNull(parameter);
        return plugin.NormalizedToPlain(parameter, plugin.GetNormalized(parameter));
    }

    private static long Tick(double ppq) => (long)Math.Round(ppq * Clip.DefaultTicksPerQuarter);
}
