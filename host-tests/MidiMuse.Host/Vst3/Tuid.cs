using System.Globalization;
using System.Runtime.CompilerServices;

namespace MidiMuse.Host.Vst3;

/// <summary>
/// A 16-byte interface or class id. Source: pluginterfaces/base/funknown.h (SDK 3.7.2), INLINE_UID: the first eight
/// bytes have COM's order on Windows and are big-endian elsewhere; the last eight are big-endian everywhere.
/// </summary>
[InlineArray(16)]
internal struct Tuid : IEquatable<Tuid>
{
    private byte _first;

    /// <summary>The id from the four numbers by which the headers declare it.</summary>
    internal Tuid(uint l1, uint l2, uint l3, uint l4)
    {
        var isCom = OperatingSystem.IsWindows();
        WriteBytes(this[..4], l1, isCom ? [0, 8, 16, 24] : [24, 16, 8, 0]);
        WriteBytes(this[4..8], l2, isCom ? [16, 24, 0, 8] : [24, 16, 8, 0]);
        WriteBytes(this[8..12], l3, [24, 16, 8, 0]);
        WriteBytes(this[12..], l4, [24, 16, 8, 0]);
    }

    public readonly bool Equals(Tuid other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is Tuid other && Equals(other);

    public override readonly int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(this);
        return hash.ToHashCode();
    }

    /// <summary>The bytes in memory order; moduleinfo.json writes ids so on Linux and macOS.</summary>
    public override readonly string ToString()
    {
        Span<char> text = stackalloc char[32];
        for (var i = 0; i < 16; i++)
            this[i].TryFormat(text[(2 * i)..], out _, "X2", CultureInfo.InvariantCulture);
        return new string(text);
    }

    private static void WriteBytes(Span<byte> bytes, uint value, ReadOnlySpan<byte> shifts)
    {
        for (var i = 0; i < 4; i++)
            bytes[i] = (byte)(value >> shifts[i]);
    }
}
