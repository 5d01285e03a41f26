using System.Buffers.Binary;

namespace MidiMuse.Inference.Runtime;

/// <summary>What Linux's loader does not look at: it maps what the headers promise, and a file that ends earlier kills the process.</summary>
internal static class ElfFile
{
    // Offsets of the 64-bit format, elf(5).
    private const int HeaderBytes = 64;
    private const int TableOffset = 32;
    private const int EntryBytes = 54;
    private const int EntryCount = 56;
    private const int LoadedSegment = 1;
    private const int SegmentOffset = 8;
    private const int SegmentBytes = 32;
    private const int SmallestEntry = 56;

    /// <summary>Whether segments of a little-endian 64-bit file lie beyond its end. Anything else is the loader's to refuse.</summary>
    public static bool EndsEarly(string path)
    {
        using var file = File.OpenRead(path);
        var header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
            return false;
        var entryBytes = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(EntryBytes));
        var table = new byte[entryBytes * BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(EntryCount))];
        file.Position = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(TableOffset)) & long.MaxValue;
        if (entryBytes < SmallestEntry || file.ReadAtLeast(table, table.Length, throwOnEndOfStream: false) < table.Length)
            return true;
        for (var entry = table.AsSpan(); entry.Length > 0; entry = entry[entryBytes..])
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(entry) != LoadedSegment)
                continue;
            var end = (UInt128)BinaryPrimitives.ReadUInt64LittleEndian(entry[SegmentOffset..]) + BinaryPrimitives.ReadUInt64LittleEndian(entry[SegmentBytes..]);
            if (end > (UInt128)file.Length)
                return true;
        }
        return false;
    }
}
