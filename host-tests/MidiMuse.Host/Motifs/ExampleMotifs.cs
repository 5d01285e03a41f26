using MidiMuse.Core.Clips;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Time;

namespace MidiMuse.Host.Motifs;

/// <summary>The motifs of host-tests/examples. `MidiMuse.Host examples FOLDER` writes them.</summary>
public static class ExampleMotifs
{
    private const int DrumChannel = 9;

    public static IReadOnlyList<(string FileName, Clip Clip)> All { get; } =
    [
        ("ode_to_joy.mid", Clip("Ode to Joy", new Meter(4, 4), 120, 2, Mode.Major, [
            ("f#4q f#4q g4q a4q | a4q g4q f#4q e4q | d4q d4q e4q f#4q | f#4q. e4e e4h", 78, 0)])),
        ("minuet_in_g.mid", Clip("Minuet in G", new Meter(3, 4), 126, 1, Mode.Major, [
            ("d5q g4e a4e b4e c5e | d5q g4q g4q | e5q c5e d5e e5e f#5e | g5q g4q g4q", 74, 0)])),
        ("irish_washerwoman.mid", Clip("The Irish Washerwoman", new Meter(6, 8), 165, 1, Mode.Major, [
            ("b4e g4e g4e d4e g4e g4e | b4e g4e b4e d5e c5e b4e | c5e a4e a4e e4e a4e a4e | c5e a4e c5e e5e d5e c5e", 82, 0)])),
        ("greensleeves.mid", Clip("Greensleeves", new Meter(3, 4), 120, 0, Mode.Minor, [
            ("rq rq a4q | c5h d5q | e5q. f5e e5q | d5h b4q", 70, 0)])),
        ("seven_eight.mid", Clip("Seven in two bars", new Meter(7, 8), 140, -1, Mode.Minor, [
            ("d5q a4q c5e b4e a4e | g4q a4q f4e e4e d4e", 80, 0)])),
        ("bass_riff.mid", Clip("Bass riff", new Meter(4, 4), 104, 0, Mode.Minor, [
            ("a2e a2e re c3e d3q e3e d3e | a2e a2e re g2e a2q re g2e", 92, 0)])),
        ("four_chords.mid", Clip("Four chords", new Meter(4, 4), 96, 0, Mode.Major, [
            ("c4+e4+g4h. c4+e4+g4q | b3+d4+g4h. b3+d4+g4q | a3+c4+e4h. a3+c4+e4q | a3+c4+f4h. a3+c4+f4q", 72, 0)])),
        ("rock_beat.mid", Clip("Rock beat", new Meter(4, 4), 112, 0, Mode.Major, [
            ("f#2e f#2e f#2e f#2e f#2e f#2e f#2e a#2e", 62, DrumChannel),
            ("c2q d2q c2e c2e d2q", 100, DrumChannel)])),
    ];

    private static Clip Clip(string name, Meter meter, double bpm, int fifths, Mode mode, (string Text, int Velocity, int Channel)[] voices)
    {
        var notes = voices.SelectMany(voice => NoteText.Parse(voice.Text, meter, voice.Velocity, voice.Channel));
        ClipNote[] ordered = [.. notes.OrderBy(n => n.OnsetTick).ThenBy(n => n.Pitch)];
        var isDrums = voices[0].Channel == DrumChannel;
        return new Clip
        {
            Name = name,
            Tracks = [new ClipTrack(name, ordered)],
            Tempos = [TempoChange.FromBpm(0, bpm)],
            Meters = [new MeterChange(0, meter)],
            Keys = isDrums ? [] : [new KeyChange(0, fifths, mode)],
            EndTick = ordered.Max(n => n.EndTick),
        };
    }
}
