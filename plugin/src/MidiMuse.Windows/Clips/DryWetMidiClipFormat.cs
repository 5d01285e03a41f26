using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Melanchall.DryWetMidi.Common;
using Melanchall.DryWetMidi.Core;
using MidiMuse.Core.Clips;
using MidiMuse.Core.Smf;

namespace MidiMuse.Windows.Clips;

/// <summary>Clips through DryWetMidi: it reads and writes the bytes, what they mean as a clip is Core's to say.</summary>
public sealed class DryWetMidiClipFormat : IClipFormat
{
    private static readonly ReadingSettings Reading = new()
    {
        TextEncoding = Encoding.UTF8,
        EndOfTrackStoringPolicy = EndOfTrackStoringPolicy.Store, // a clip may end with a rest
        SilentNoteOnPolicy = SilentNoteOnPolicy.NoteOn,          // it has no release velocity, a note-off has one
        ExtraTrackChunkPolicy = ExtraTrackChunkPolicy.Read,
    };

    private static readonly WritingSettings Writing = new() { TextEncoding = Encoding.UTF8 };

    public Clip Read(Stream stream)
    {
        try
        {
            return ClipReader.FromSmf(ToSmf(MidiFile.Read(stream, Reading)));
        }
        // Not a MidiException: an empty stream, and values that the classes of its events refuse.
        catch (Exception exception) when (exception is MidiException or ArgumentException)
        {
            throw new SmfException(SmfFault.NotAMidiFile, 0, exception.Message);
        }
    }

    public void Write(Clip clip, Stream stream)
    {
        var smf = ClipWriter.ToSmf(clip);
        var file = new MidiFile(smf.Tracks.Select(ToChunk)) { TimeDivision = new TicksPerQuarterNoteTimeDivision((short)smf.Division.TicksPerQuarter) };
        file.Write(stream, MidiFileFormat.MultiTrack, Writing);
    }

    private static SmfFile ToSmf(MidiFile file)
    {
        if (file.TimeDivision is not TicksPerQuarterNoteTimeDivision division)
            throw new SmfException(SmfFault.TimeCodeDivision, 12, "The file counts time code frames, not quarter notes.");
        SmfTrack[] tracks = [.. file.GetTrackChunks().Select(ToTrack)];
        if (tracks.Length == 0)
            throw new SmfException(SmfFault.MissingTrack, 0, "The file has no track.");
        return new SmfFile(file.OriginalFormat == MidiFileFormat.SingleTrack ? 0 : 1, SmfDivision.Musical(division.TicksPerQuarterNote), tracks);
    }

    private static SmfTrack ToTrack(TrackChunk chunk)
    {
        var events = new List<SmfEvent>(chunk.Events.Count);
        var tick = 0L;
        foreach (var midiEvent in chunk.Events)
        {
            tick += midiEvent.DeltaTime;
            if (ToEvent(tick, midiEvent) is { } smfEvent)
                events.Add(smfEvent);
        }
        return new SmfTrack(events, tick);
    }

    /// <summary>What a clip keeps; null for everything else.</summary>
    private static SmfEvent? ToEvent(long tick, MidiEvent midiEvent) => midiEvent switch
    {
        NoteOnEvent note => SmfEvent.ChannelMessage(tick, 0x90 | note.Channel, note.NoteNumber, note.Velocity),
        NoteOffEvent note => SmfEvent.ChannelMessage(tick, 0x80 | note.Channel, note.NoteNumber, note.Velocity),
        SetTempoEvent tempo => SmfEvent.Meta(tick, SmfMeta.Tempo, BigEndian24((int)tempo.MicrosecondsPerQuarterNote)),
        TimeSignatureEvent meter => SmfEvent.Meta(tick, SmfMeta.TimeSignature, (byte[])[meter.Numerator, (byte)BitOperations.Log2(meter.Denominator), meter.ClocksPerClick, meter.ThirtySecondNotesPerBeat]),
        KeySignatureEvent key => SmfEvent.Meta(tick, SmfMeta.KeySignature, (byte[])[(byte)key.Key, key.Scale]),
        SequenceTrackNameEvent name => SmfEvent.MetaText(tick, SmfMeta.TrackName, name.Text ?? ""),
        CopyrightNoticeEvent text => SmfEvent.MetaText(tick, SmfMeta.Copyright, text.Text ?? ""),
        LyricEvent text => SmfEvent.MetaText(tick, SmfMeta.Lyric, text.Text ?? ""),
        MarkerEvent text => SmfEvent.MetaText(tick, SmfMeta.Marker, text.Text ?? ""),
        CuePointEvent text => SmfEvent.MetaText(tick, SmfMeta.CuePoint, text.Text ?? ""),
        TextEvent text => SmfEvent.MetaText(tick, SmfMeta.Text, text.Text ?? ""),
        _ => null,
    };

    private static TrackChunk ToChunk(SmfTrack track)
    {
        var chunk = ChunkWithItsEnd();
        var (index, previousTick) = (0, 0L);
        foreach (var smfEvent in track.Events)
        {
            if (ToMidiEvent(smfEvent) is not { } midiEvent)
                continue;
            midiEvent.DeltaTime = smfEvent.Tick - previousTick;
            previousTick = smfEvent.Tick;
            chunk.Events.Insert(index++, midiEvent);
        }
        chunk.Events[index].DeltaTime = track.EndTick - previousTick;
        return chunk;
    }

    private static MidiEvent? ToMidiEvent(SmfEvent smfEvent)
    {
        if (smfEvent.IsMeta)
            return ToMetaEvent(smfEvent);
        var (key, value, channel) = ((SevenBitNumber)(byte)smfEvent.Data1, (SevenBitNumber)(byte)smfEvent.Data2, (FourBitNumber)(byte)smfEvent.Channel);
        return (smfEvent.Status & 0xF0) switch
        {
            0x90 => new NoteOnEvent(key, value) { Channel = channel },
            0x80 => new NoteOffEvent(key, value) { Channel = channel },
            _ => null,
        };
    }

    private static MetaEvent? ToMetaEvent(SmfEvent smfEvent)
    {
        var payload = smfEvent.Payload.Span;
        return smfEvent.Data1 switch
        {
            SmfMeta.Tempo => new SetTempoEvent((payload[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(payload[1..])),
            SmfMeta.TimeSignature => new TimeSignatureEvent(payload[0], (byte)(1 << payload[1]), payload[2], payload[3]),
            SmfMeta.KeySignature => new KeySignatureEvent((sbyte)payload[0], payload[1]),
            SmfMeta.TrackName => new SequenceTrackNameEvent(smfEvent.PayloadText),
            SmfMeta.Copyright => new CopyrightNoticeEvent(smfEvent.PayloadText),
            SmfMeta.Lyric => new LyricEvent(smfEvent.PayloadText),
            SmfMeta.Marker => new MarkerEvent(smfEvent.PayloadText),
            SmfMeta.CuePoint => new CuePointEvent(smfEvent.PayloadText),
            SmfMeta.Text => new TextEvent(smfEvent.PayloadText),
            _ => null,
        };
    }

    /// <summary>
    /// A track with nothing but its end. Only DryWetMidi itself makes that event, and a track without one ends with its
    /// last event, where a clip may have a rest.
    /// </summary>
    private static TrackChunk ChunkWithItsEnd()
    {
        byte[] empty = [.. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, .. "MTrk"u8, 0, 0, 0, 4, 0, 0xFF, 0x2F, 0];
        using var stream = new MemoryStream(empty);
        return MidiFile.Read(stream, Reading).GetTrackChunks().Single();
    }

    private static byte[] BigEndian24(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
