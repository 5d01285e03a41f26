using System.Text;

namespace MidiMuse.Core.Smf;

/// <summary>The meta events that have a meaning here. Source: Standard MIDI Files 1.0, RP-001.</summary>
public static class SmfMeta
{
    public const byte Text = 0x01;
    public const byte Copyright = 0x02;
    public const byte TrackName = 0x03;
    public const byte Lyric = 0x05;
    public const byte Marker = 0x06;
    public const byte CuePoint = 0x07;
    public const byte EndOfTrack = 0x2F;
    public const byte Tempo = 0x51;
    public const byte TimeSignature = 0x58;
    public const byte KeySignature = 0x59;
}

/// <summary>One event of a track, as the file has it.</summary>
/// <param name="Tick">Ticks of the file's division from the start of the track.</param>
/// <param name="Status">0x80..0xEF channel message, 0xF0 sysex, 0xF7 sysex continuation or escape, 0xFF meta.</param>
/// <param name="Data1">First data byte of a channel message, or the type of a meta event.</param>
/// <param name="Data2">Second data byte of a channel message; 0 where it has one only.</param>
/// <param name="Payload">Bytes of a sysex or meta event, without its length.</param>
public readonly record struct SmfEvent(long Tick, byte Status, byte Data1, byte Data2, ReadOnlyMemory<byte> Payload)
{
    public const byte Sysex = 0xF0;
    public const byte Escape = 0xF7;
    public const byte MetaStatus = 0xFF;

    public bool IsChannel => Status < Sysex;

    public bool IsMeta => Status == MetaStatus;

    public int Channel => Status & 0x0F;

    public bool IsNoteOn => (Status & 0xF0) == 0x90 && Data2 > 0;

    /// <summary>A note-off, or a note-on with velocity 0.</summary>
    public bool IsNoteOff => (Status & 0xF0) == 0x80 || ((Status & 0xF0) == 0x90 && Data2 == 0);

    /// <summary>The payload as text: UTF-8 where it is valid, else Latin-1, the encoding of older files.</summary>
    public string PayloadText
    {
        get
        {
            try
            {
                return StrictUtf8.GetString(Payload.Span);
            }
            catch (DecoderFallbackException)
            {
                return Encoding.Latin1.GetString(Payload.Span);
            }
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SmfEvent ChannelMessage(long tick, int status, int data1, int data2 = 0) =>
        new(tick, (byte)status, (byte)data1, (byte)data2, ReadOnlyMemory<byte>.Empty);

    public static SmfEvent Meta(long tick, byte type, ReadOnlyMemory<byte> payload) => new(tick, MetaStatus, type, 0, payload);

    public static SmfEvent MetaText(long tick, byte type, string text) => Meta(tick, type, Encoding.UTF8.GetBytes(text));

    public bool Equals(SmfEvent other) =>
        Tick == other.Tick && Status == other.Status && Data1 == other.Data1 && Data2 == other.Data2
        && Payload.Span.SequenceEqual(other.Payload.Span);

    public override int GetHashCode() => HashCode.Combine(Tick, Status, Data1, Data2, Payload.Length);

    /// <summary>0xC0 and 0xD0 messages (program, channel pressure) have one data byte, the others two.</summary>
    internal static int DataBytes(byte status) => (status & 0xE0) == 0xC0 ? 1 : 2;
}
