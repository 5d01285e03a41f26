using System.Buffers.Binary;

namespace MidiMuse.Core.Smf;

/// <summary>A position inside a part of a file; every step forward is checked against the part's end.</summary>
internal struct SmfCursor
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly int _end;

    internal SmfCursor(ReadOnlyMemory<byte> file, int start, int end)
    {
        _file = file;
        _end = end;
        Position = start;
    }

    /// <summary>Bytes from the start of the file.</summary>
    internal int Position { get; private set; }

    internal readonly int Left => _end - Position;

    internal byte TakeByte() => TakeSpan(1)[0];

    internal ushort TakeUInt16() => BinaryPrimitives.ReadUInt16BigEndian(TakeSpan(2));

    internal byte TakeDataByte()
    {
        var value = TakeByte();
        return value < 0x80 ? value : throw new SmfException(SmfFault.DataByteExpected, Position - 1, $"0x{value:X2} is no data byte.");
    }

    /// <summary>A variable-length quantity: at most four bytes, 28 bits.</summary>
    internal int TakeQuantity()
    {
        var start = Position;
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var part = TakeByte();
            value = (value << 7) | (part & 0x7F);
            if (part < 0x80)
                return value;
        }
        throw new SmfException(SmfFault.BadQuantity, start, "A variable-length quantity has more than four bytes.");
    }

    internal ReadOnlyMemory<byte> TakePayload()
    {
        var length = TakeQuantity();
        return Take(length);
    }

    internal ReadOnlySpan<byte> TakeSpan(int count) => Take(count).Span;

    internal SmfCursor TakeCursor(int count)
    {
        var start = Position;
        Take(count);
        return new SmfCursor(_file, start, start + count);
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > Left)
            throw new SmfException(SmfFault.TrackTooShort, Position, $"{count} bytes are expected where {Left} are left.");
        var taken = _file.Slice(Position, count);
        Position += count;
        return taken;
    }
}
