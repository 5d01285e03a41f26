using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MidiMuse.Perf.Measurements;

/// <summary>A buffer that is read from end to end: the least time in which a core can read that many bytes.</summary>
internal sealed unsafe class BandwidthProbe : IDisposable
{
    private const int Unrolled = 8;

    /// <summary>Of whole rounds of the loop; aligned to a cache line.</summary>
    private Vector512<ulong>* _buffer;

    public BandwidthProbe(long bytes)
    {
        var round = Unrolled * sizeof(Vector512<ulong>);
        Bytes = (bytes + round - 1) / round * round;
        _buffer = (Vector512<ulong>*)NativeMemory.AlignedAlloc((nuint)Bytes, 64);
        // Written, so that every page is one of its own; untouched ones would all be the same page of zeros.
        new Span<byte>(_buffer, checked((int)Bytes)).Fill(0x5a);
    }

    public long Bytes { get; }

    /// <summary>Reads everything once.</summary>
    /// <returns>What keeps the compiler from leaving the reads out.</returns>
    public ulong Read()
    {
        var count = Bytes / sizeof(Vector512<ulong>);
        var (a, b, c, d) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        var (e, f, g, h) = (a, b, c, d);
        // The buffer lives until Dispose, and its length is a multiple of a round.
        for (var next = _buffer; next < _buffer + count; next += Unrolled)
        {
            a ^= next[0];
            b ^= next[1];
            c ^= next[2];
            d ^= next[3];
            e ^= next[4];
            f ^= next[5];
            g ^= next[6];
            h ^= next[7];
        }
        return Vector512.Sum(a ^ b ^ c ^ d ^ e ^ f ^ g ^ h);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_buffer);
        _buffer = null;
    }
}
