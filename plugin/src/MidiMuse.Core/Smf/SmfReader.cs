using System.Buffers.Binary;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Smf;

/// <summary>
/// Reads Standard MIDI Files of formats 0 and 1. Source: Standard MIDI Files 1.0 (RP-001). Every length is checked
/// against what is left before it is used, so memory stays within a small multiple of the file's size.
/// </summary>
public static class SmfReader
{
    /// <summary>More is no MIDI file that anybody plays.</summary>
    public const int MaxFileBytes = 64 << 20;

    private const int HeaderBytes = 6;

    /// <exception cref="SmfException">The file is damaged or of a kind that is not supported.</exception>
    public static SmfFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        var buffer = new byte[32768];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            copy.Write(buffer, 0, count);
            if (copy.Length > MaxFileBytes)
                throw new SmfException(SmfFault.FileTooLarge, MaxFileBytes, "The file is larger than 64 MiB.");
        }
        return Read(copy.GetBuffer().AsMemory(0, (int)copy.Length));
    }

    /// <param name="file">Kept alive by the payloads of the events that are returned.</param>
    /// <exception cref="SmfException">The file is damaged or of a kind that is not supported.</exception>
    public static SmfFile Read(ReadOnlyMemory<byte> file)
    {
        var cursor = new SmfCursor(file, 0, file.Length);
        if (cursor.Left < 4 || !cursor.TakeSpan(4).SequenceEqual("MThd"u8))
            throw new SmfException(SmfFault.NotAMidiFile, 0, "The file does not begin with MThd.");
        var header = TakeChunk(ref cursor);
        if (header.Left < HeaderBytes)
            throw new SmfException(SmfFault.HeaderTooShort, header.Position, "The header has less than 6 bytes.");
        var format = ReadFormat(ref header);
        var trackCount = ReadTrackCount(ref header, format);
        var division = ReadDivision(ref header);
        return new SmfFile(format, division, ReadTracks(ref cursor, trackCount));
    }

    private static int ReadFormat(ref SmfCursor header)
    {
        var offset = header.Position;
        var format = header.TakeUInt16();
        return format <= 1 ? format : throw new SmfException(SmfFault.UnsupportedFormat, offset, $"Format {format} is not 0 or 1.");
    }

    private static int ReadTrackCount(ref SmfCursor header, int format)
    {
        var offset = header.Position;
        var count = header.TakeUInt16();
        if (count == 0 || (format == 0 && count != 1))
            throw new SmfException(SmfFault.BadTrackCount, offset, $"A file of format {format} cannot have {count} tracks.");
        return count;
    }

    private static SmfDivision ReadDivision(ref SmfCursor header)
    {
        var offset = header.Position;
        int division = header.TakeUInt16();
        if (division == 0)
            throw new SmfException(SmfFault.BadDivision, offset, "A quarter note has 0 ticks.");
        if ((division & 0x8000) == 0)
            return SmfDivision.Musical(division);
        var framesPerSecond = -(sbyte)(division >> 8);
        var ticksPerFrame = division & 0xFF;
        if (framesPerSecond is not (24 or 25 or 29 or 30) || ticksPerFrame == 0)
            throw new SmfException(SmfFault.BadDivision, offset, $"0x{division:X4} is no division.");
        return SmfDivision.TimeCode(framesPerSecond, ticksPerFrame);
    }

    private static List<SmfTrack> ReadTracks(ref SmfCursor cursor, int trackCount)
    {
        var tracks = new List<SmfTrack>();
        while (tracks.Count < trackCount)
        {
            if (cursor.Left == 0)
                throw new SmfException(SmfFault.MissingTrack, cursor.Position, $"The header promises {trackCount} tracks, {tracks.Count} are here.");
            if (cursor.Left < 8)
                throw new SmfException(SmfFault.ChunkTooLong, cursor.Position, "The file ends inside a chunk's header.");
            var isTrack = cursor.TakeSpan(4).SequenceEqual("MTrk"u8);
            var chunk = TakeChunk(ref cursor);
            if (isTrack) // RP-001: chunks of unknown type are skipped
                tracks.Add(ReadTrack(ref chunk));
        }
        return tracks;
    }

    /// <summary>The bytes of a chunk whose type has just been read.</summary>
    private static SmfCursor TakeChunk(ref SmfCursor cursor)
    {
        var offset = cursor.Position;
        if (cursor.Left < 4)
            throw new SmfException(SmfFault.ChunkTooLong, offset, "The file ends inside a chunk's header.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(cursor.TakeSpan(4));
        if (length > (uint)cursor.Left)
            throw new SmfException(SmfFault.ChunkTooLong, offset, $"A chunk of {length} bytes where {cursor.Left} are left.");
        return cursor.TakeCursor((int)length);
    }

    private static SmfTrack ReadTrack(ref SmfCursor chunk)
    {
        var events = new List<SmfEvent>();
        var tick = 0L;
        byte runningStatus = 0;
        while (chunk.Left > 0)
        {
            tick += chunk.TakeQuantity();
            var smfEvent = ReadEvent(ref chunk, tick, ref runningStatus);
            if (smfEvent is { IsMeta: true, Data1: SmfMeta.EndOfTrack })
            {
                if (chunk.Left > 0)
                    throw new SmfException(SmfFault.DataAfterEndOfTrack, chunk.Position, "The track goes on after its end.");
                return new SmfTrack(events, tick);
            }
            events.Add(smfEvent);
        }
        return new SmfTrack(events, tick); // many old files lack the end of track: nothing is lost without it
    }

    private static SmfEvent ReadEvent(ref SmfCursor chunk, long tick, ref byte runningStatus)
    {
        var offset = chunk.Position;
        var first = chunk.TakeByte();
        if (first < 0x80)
        {
            if (runningStatus == 0)
                throw new SmfException(SmfFault.NoRunningStatus, offset, $"Data byte 0x{first:X2} without a status.");
            return ReadChannelMessage(ref chunk, tick, runningStatus, first);
        }
        if (first < SmfEvent.Sysex)
        {
            runningStatus = first;
            return ReadChannelMessage(ref chunk, tick, first, chunk.TakeDataByte());
        }
        runningStatus = 0;
        return first switch
        {
            SmfEvent.Sysex or SmfEvent.Escape => new SmfEvent(tick, first, 0, 0, chunk.TakePayload()),
            SmfEvent.MetaStatus => ReadMeta(ref chunk, tick),
            _ => throw new SmfException(SmfFault.UnknownStatus, offset, $"Status 0x{first:X2} does not occur in files."),
        };
    }

    private static SmfEvent ReadChannelMessage(ref SmfCursor chunk, long tick, byte status, byte data1)
    {
        var data2 = SmfEvent.DataBytes(status) == 2 ? chunk.TakeDataByte() : (byte)0;
        return SmfEvent.ChannelMessage(tick, status, data1, data2);
    }

    private static SmfEvent ReadMeta(ref SmfCursor chunk, long tick)
    {
        var offset = chunk.Position;
        var type = chunk.TakeDataByte();
        var payload = chunk.TakePayload();
        var fault = MetaFault(type, payload.Span);
        return fault is { } f
            ? throw new SmfException(f, offset, $"Meta event 0x{type:X2} has a value that it cannot have.")
            : SmfEvent.Meta(tick, type, payload);
    }

    /// <summary>RP-001 allows later versions to make a meta event longer, never shorter.</summary>
    private static SmfFault? MetaFault(byte type, ReadOnlySpan<byte> payload) => type switch
    {
        SmfMeta.Tempo when payload.Length < 3 || (payload[0] | payload[1] | payload[2]) == 0 => SmfFault.BadTempo,
        SmfMeta.TimeSignature when payload.Length < 4 || payload[1] > 6 || !Meter.IsValid(payload[0], 1 << payload[1]) => SmfFault.BadTimeSignature,
        SmfMeta.KeySignature when payload.Length < 2 || (sbyte)payload[0] is < -7 or > 7 || payload[1] > 1 => SmfFault.BadKeySignature,
        _ => null,
    };
}
