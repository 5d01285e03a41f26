using System.Numerics;
using MidiMuse.Core.Smf;

namespace MidiMuse.Core.Clips;

/// <summary>
/// Makes a Standard MIDI File of a clip. Reading it back gives the same clip, with these exceptions: format 0 has one
/// track and one name, and of overlapping notes of one pitch and channel the older one is taken to end first.
/// </summary>
public static class ClipWriter
{
    /// <param name="format">0: everything in one track; 1: a conductor track, then the clip's tracks.</param>
    public static void Write(Clip clip, Stream stream, int format = 1) => SmfWriter.Write(ToSmf(clip, format), stream);

    /// <exception cref="ArgumentOutOfRangeException">Another format, or a note outside the ranges of <see cref="ClipNote"/>.</exception>
    public static SmfFile ToSmf(Clip clip, int format = 1)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentOutOfRangeException.ThrowIfNegative(format);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(format, 1);
        var division = SmfDivision.Musical(clip.TicksPerQuarter);
        var conductor = ConductorEvents(clip);
        if (format == 0)
            return new SmfFile(0, division, [Track([.. conductor, .. clip.Tracks.SelectMany(track => NoteEvents(track.Notes))], clip.EndTick)]);
        var tracks = clip.Tracks.Select(track => Track([.. NameEvent(track.Name), .. NoteEvents(track.Notes)], clip.EndTick));
        return new SmfFile(1, division, [Track(conductor, clip.EndTick), .. tracks]);
    }

    private static SmfTrack Track(IEnumerable<(SmfEvent Event, int Rank)> events, long endTick)
    {
        SmfEvent[] ordered = [.. events.OrderBy(e => e.Event.Tick).ThenBy(e => e.Rank).Select(e => e.Event)];
        return new SmfTrack(ordered, Math.Max(endTick, ordered.Length > 0 ? ordered[^1].Tick : 0));
    }

    /// <summary>Rank: the order of events at one tick. Meta first, then releases, then onsets.</summary>
    private static (SmfEvent Event, int Rank)[] ConductorEvents(Clip clip) =>
    [
        .. NameEvent(clip.Name),
        .. clip.Meters.Select(change => (SmfEvent.Meta(change.Tick, SmfMeta.TimeSignature, TimeSignature(change)), -2)),
        .. clip.Keys.Select(change => (SmfEvent.Meta(change.Tick, SmfMeta.KeySignature, (byte[])[(byte)change.Fifths, (byte)change.Mode]), -2)),
        .. clip.Tempos.Select(change => (SmfEvent.Meta(change.Tick, SmfMeta.Tempo, Tempo(change)), -2)),
        .. clip.Texts.Select(text => (SmfEvent.MetaText(text.Tick, ClipTexts.MetaType(text.Kind), text.Text), -1)),
    ];

    private static (SmfEvent Event, int Rank)[] NameEvent(string name) =>
        name.Length > 0 ? [(SmfEvent.MetaText(0, SmfMeta.TrackName, name), -3)] : [];

    private static byte[] TimeSignature(MeterChange change) =>
        [(byte)change.Meter.Numerator, (byte)BitOperations.Log2((uint)change.Meter.Denominator), 24, 8]; // 24 clocks a click, 8 32nds a quarter

    private static byte[] Tempo(TempoChange change) =>
        [(byte)(change.MicrosecondsPerQuarter >> 16), (byte)(change.MicrosecondsPerQuarter >> 8), (byte)change.MicrosecondsPerQuarter];

    private static IEnumerable<(SmfEvent Event, int Rank)> NoteEvents(IEnumerable<ClipNote> notes)
    {
        foreach (var note in notes)
        {
            ThrowIfOutOfRange(note);
            // A note of no length is released after its own onset, every other one before the onsets of its last tick.
            yield return (SmfEvent.ChannelMessage(note.OnsetTick, 0x90 | note.Channel, note.Pitch, note.Velocity), 1);
            yield return (SmfEvent.ChannelMessage(note.EndTick, 0x80 | note.Channel, note.Pitch, note.ReleaseVelocity), note.DurationTicks > 0 ? 0 : 2);
        }
    }

    private static void ThrowIfOutOfRange(ClipNote note)
    {
        if (note is not { OnsetTick: >= 0, DurationTicks: >= 0, Pitch: >= 0 and <= 127, Velocity: >= 1 and <= 127, Channel: >= 0 and <= 15, ReleaseVelocity: >= 0 and <= 127 })
            throw new ArgumentOutOfRangeException(nameof(note), note, "A note is out of range.");
    }
}
