using System.Buffers.Binary;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Smf;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Clips;

/// <summary>
/// Makes a clip of a Standard MIDI File. Note-offs are matched with the oldest sounding note of their pitch and
/// channel; notes that are never released end with their track; note-offs without a note mean nothing.
/// </summary>
public static class ClipReader
{
    /// <exception cref="SmfException">The file is damaged, or has a time code division and therefore no bars.</exception>
    public static Clip Read(Stream stream) => FromSmf(SmfReader.Read(stream));

    /// <exception cref="SmfException">The file has a time code division.</exception>
    public static Clip FromSmf(SmfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Division.IsTimeCode)
            throw new SmfException(SmfFault.TimeCodeDivision, 12, "The file counts time code frames, not quarter notes.");
        // A conductor track: in format 1 the first track, where it has no channel messages.
        var hasConductor = file.Format == 1 && !file.Tracks[0].Events.Any(smfEvent => smfEvent.IsChannel);
        var meta = file.Tracks.SelectMany(track => track.Events).Where(smfEvent => smfEvent.IsMeta).OrderBy(smfEvent => smfEvent.Tick).ToList();
        return new Clip
        {
            TicksPerQuarter = file.Division.TicksPerQuarter,
            Name = TrackName(file.Tracks[0]),
            Tracks = [.. file.Tracks.Skip(hasConductor ? 1 : 0).Select(track => new ClipTrack(TrackName(track), ReadNotes(track)))],
            Tempos = [.. meta.Where(e => e.Data1 == SmfMeta.Tempo).Select(Tempo)],
            Meters = [.. meta.Where(e => e.Data1 == SmfMeta.TimeSignature).Select(TimeSignature)],
            Keys = [.. meta.Where(e => e.Data1 == SmfMeta.KeySignature).Select(KeySignature)],
            Texts = [.. meta.Where(e => ClipTexts.TryKind(e.Data1, out _)).Select(Text)],
            EndTick = file.Tracks.Max(track => track.EndTick),
        };
    }

    private static string TrackName(SmfTrack track)
    {
        foreach (var smfEvent in track.Events)
        {
            if (smfEvent is { IsMeta: true, Data1: SmfMeta.TrackName })
                return smfEvent.PayloadText;
        }
        return "";
    }

    private static TempoChange Tempo(SmfEvent e) => new(e.Tick, (BinaryPrimitives.ReadUInt16BigEndian(e.Payload.Span) << 8) | e.Payload.Span[2]);

    private static MeterChange TimeSignature(SmfEvent e) => new(e.Tick, new Meter(e.Payload.Span[0], 1 << e.Payload.Span[1]));

    private static KeyChange KeySignature(SmfEvent e) => new(e.Tick, (sbyte)e.Payload.Span[0], (Mode)e.Payload.Span[1]);

    private static ClipText Text(SmfEvent e)
    {
        ClipTexts.TryKind(e.Data1, out var kind);
        return new ClipText(e.Tick, kind, e.PayloadText);
    }

    private static ClipNote[] ReadNotes(SmfTrack track)
    {
        var notes = new List<ClipNote>();
        var sounding = new Dictionary<int, Queue<int>>(); // channel and pitch -> indices into notes, oldest first
        foreach (var smfEvent in track.Events)
        {
            var key = (smfEvent.Channel << 7) | smfEvent.Data1;
            if (smfEvent.IsNoteOn)
            {
                if (!sounding.TryGetValue(key, out var queue))
                    sounding[key] = queue = new Queue<int>();
                queue.Enqueue(notes.Count);
                notes.Add(new ClipNote(smfEvent.Tick, track.EndTick - smfEvent.Tick, smfEvent.Data1, smfEvent.Data2, smfEvent.Channel));
            }
            else if (smfEvent.IsNoteOff && sounding.TryGetValue(key, out var queue) && queue.TryDequeue(out var index))
            {
                var isNoteOff = (smfEvent.Status & 0xF0) == 0x80;
                notes[index] = notes[index] with
                {
                    DurationTicks = smfEvent.Tick - notes[index].OnsetTick,
                    ReleaseVelocity = isNoteOff ? smfEvent.Data2 : ClipNote.UnknownReleaseVelocity,
                };
            }
        }
        return [.. notes.OrderBy(note => note.OnsetTick).ThenBy(note => note.Pitch).ThenBy(note => note.Channel)];
    }
}
