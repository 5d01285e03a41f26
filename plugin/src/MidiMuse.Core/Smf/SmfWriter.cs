using System.Buffers.Binary;

namespace MidiMuse.Core.Smf;

/// <summary>Writes Standard MIDI Files of formats 0 and 1. Source: Standard MIDI Files 1.0 (RP-001).</summary>
public static class SmfWriter
{
    private const int MaxQuantity = 0x0FFFFFFF;

    /// <param name="useRunningStatus">Leave out a status that repeats the one before.</param>
    /// <exception cref="ArgumentException">The file breaks a rule of its own type: track count, order of ticks, a rest of more than 2^28 ticks, or data bytes above 127.</exception>
    public static void Write(SmfFile file, Stream stream, bool useRunningStatus = true)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(stream);
        if (file.Format is not (0 or 1) || file.Tracks.Count is 0 or > ushort.MaxValue || (file.Format == 0 && file.Tracks.Count != 1))
            throw new ArgumentException($"A file of format {file.Format} cannot have {file.Tracks.Count} tracks.", nameof(file));
        WriteHeader(file, stream);
        foreach (var track in file.Tracks)
            WriteChunk(stream, "MTrk"u8, TrackBytes(track, useRunningStatus));
    }

    public static byte[] ToBytes(SmfFile file, bool useRunningStatus = true)
    {
        using var stream = new MemoryStream();
        Write(file, stream, useRunningStatus);
        return stream.ToArray();
    }

    private static void WriteHeader(SmfFile file, Stream stream)
    {
        Span<byte> header = stackalloc byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)file.Format);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)file.Tracks.Count);
        var division = file.Division;
        BinaryPrimitives.WriteUInt16BigEndian(
            header[4..],
            division.IsTimeCode ? (ushort)(((-division.FramesPerSecond & 0xFF) << 8) | division.TicksPerFrame) : (ushort)division.TicksPerQuarter);
        WriteChunk(stream, "MThd"u8, header);
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)bytes.Length);
        stream.Write(type);
        stream.Write(length);
        stream.Write(bytes);
    }

    private static ReadOnlySpan<byte> TrackBytes(SmfTrack track, bool useRunningStatus)
    {
        var bytes = new MemoryStream();
        var tick = 0L;
        byte runningStatus = 0;
        foreach (var smfEvent in track.Events)
        {
            WriteDelta(bytes, tick, smfEvent.Tick);
            tick = smfEvent.Tick;
            if (smfEvent.IsChannel)
                WriteChannelMessage(bytes, smfEvent, useRunningStatus ? runningStatus : (byte)0);
            else
                WritePayload(bytes, smfEvent);
            runningStatus = smfEvent.IsChannel ? smfEvent.Status : (byte)0;
        }
        WriteDelta(bytes, tick, track.EndTick);
        bytes.Write([SmfEvent.MetaStatus, SmfMeta.EndOfTrack, 0]);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
    }

    private static void WriteChannelMessage(MemoryStream bytes, in SmfEvent message, byte runningStatus)
    {
        if (message.Status < 0x80 || (message.Data1 | message.Data2) > 0x7F)
            throw new ArgumentException($"{message} is no channel message.");
        if (message.Status != runningStatus)
            bytes.WriteByte(message.Status);
        bytes.WriteByte(message.Data1);
        if (SmfEvent.DataBytes(message.Status) == 2)
            bytes.WriteByte(message.Data2);
    }

    private static void WritePayload(MemoryStream bytes, in SmfEvent smfEvent)
    {
        if (smfEvent.Status is not (SmfEvent.Sysex or SmfEvent.Escape or SmfEvent.MetaStatus) || smfEvent.Data1 > 0x7F)
            throw new ArgumentException($"{smfEvent} cannot stand in a file.");
        bytes.WriteByte(smfEvent.Status);
        if (smfEvent.IsMeta)
            bytes.WriteByte(smfEvent.Data1);
        WriteQuantity(bytes, smfEvent.Payload.Length);
        bytes.Write(smfEvent.Payload.Span);
    }

    private static void WriteDelta(MemoryStream bytes, long fromTick, long toTick)
    {
        if (toTick < fromTick || toTick - fromTick > MaxQuantity)
            throw new ArgumentException($"A file cannot go from tick {fromTick} to tick {toTick}.");
        WriteQuantity(bytes, (int)(toTick - fromTick));
    }

    private static void WriteQuantity(MemoryStream bytes, int value)
    {
        if (value > MaxQuantity)
            throw new ArgumentException($"{value} does not fit a variable-length quantity.");
        for (var shift = 21; shift > 0; shift -= 7)
        {
            if (value >> shift != 0)
                bytes.WriteByte((byte)(0x80 | ((value >> shift) & 0x7F)));
        }
        bytes.WriteByte((byte)(value & 0x7F));
    }
}
