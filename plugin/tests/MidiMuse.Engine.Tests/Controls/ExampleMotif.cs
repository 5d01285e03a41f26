using MidiMuse.Core.Time;
using MidiMuse.Engine.Capture;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>The motifs that controls are measured on: those of host-tests/examples.</summary>
internal static class ExampleMotif
{
    public static readonly Motif Ode = Of(Meter.CommonTime, 4, 78, 0, "f#4q f#4q g4q a4q a4q g4q f#4q e4q d4q d4q e4q f#4q f#4q. e4e e4h");

    public static readonly Motif Minuet = Of(new Meter(3, 4), 4, 74, 0, "d5q g4e a4e b4e c5e d5q g4q g4q e5q c5e d5e e5e f#5e g5q g4q g4q");

    public static readonly Motif Jig = Of(new Meter(6, 8), 4, 82, 0, "b4e g4e g4e d4e g4e g4e b4e g4e b4e d5e c5e b4e c5e a4e a4e e4e a4e a4e c5e a4e c5e e5e d5e c5e");

    public static readonly Motif Seven = Of(new Meter(7, 8), 2, 80, 0, "d5q a4q c5e b4e a4e g4q a4q f4e e4e d4e");

    public static readonly Motif Bass = Of(Meter.CommonTime, 2, 92, 0, "a2e a2e re c3e d3q e3e d3e a2e a2e re g2e a2q re g2e");

    public static readonly Motif Chords = Of(Meter.CommonTime, 4, 72, 0, "c4+e4+g4h. c4+e4+g4q b3+d4+g4h. b3+d4+g4q a3+c4+e4h. a3+c4+e4q a3+c4+f4h. a3+c4+f4q");

    public static readonly Motif Drums = Of(Meter.CommonTime, 1, 90, 9, "f#2e f#2e f#2e f#2e f#2e f#2e f#2e a#2e", "c2q d2q c2e c2e d2q");

    public static readonly Motif[] Lines = [Ode, Minuet, Jig, Seven, Bass];

    public static readonly Motif[] All = [.. Lines, Chords, Drums];

    private static Motif Of(Meter meter, int bars, byte velocity, byte channel, params string[] voices) => new(
        0,
        bars * meter.BarPpq,
        meter,
        [.. voices.SelectMany(voice => Phrase.Parse(voice, velocity: velocity, channel: channel)).OrderBy(note => (note.OnsetPpq, note.Pitch))]);
}
