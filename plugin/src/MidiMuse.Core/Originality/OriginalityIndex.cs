using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace MidiMuse.Core.Originality;

/// <summary>
/// Every line of the training music, searchable for any run of elements of any length: an FM-index (Ferragina,
/// Manzini, Journal of the ACM 52, 2005). There are no false alarms: what it finds stands in the training music, up to
/// the rounding of <see cref="LineElement"/>. Immutable; every member may be called from any thread.
/// </summary>
public sealed class OriginalityIndex
{
    public const int Version = 1;

    /// <summary>Of so many rows of the sorted suffixes one knows its piece; the others walk back to it.</summary>
    internal const int RowsOfLandmark = 256;

    private static readonly byte[] Magic = "MMOI"u8.ToArray();

    private readonly int[] _firstRow;        // [element] rows whose suffix begins with a smaller one
    private readonly BlockedSequence _before; // [row] the element before the row's suffix
    private readonly ushort[] _landmarks;    // [row / RowsOfLandmark] piece
    private readonly ushort[] _lineStarts;   // [n] piece of the n-th row whose suffix is a whole line
    private readonly byte[] _titles;         // deflated UTF-8, a line for each piece
    private string[]? _titleLines;

    internal OriginalityIndex(BlockedSequence before, ushort[] landmarks, ushort[] lineStarts, byte[] titles, OriginalityScale scale)
    {
        _before = before;
        _landmarks = landmarks;
        _lineStarts = lineStarts;
        _titles = titles;
        Scale = scale;
        var counts = before.Counts;
        _firstRow = new int[counts.Length];
        for (var i = 1; i < counts.Length; i++)
            _firstRow[i] = _firstRow[i - 1] + counts[i - 1];
        Rows = _firstRow[^1] + counts[^1];
    }

    /// <summary>Elements and separators of all lines.</summary>
    public int Rows { get; }

    /// <summary>What held-out human music measures.</summary>
    public OriginalityScale Scale { get; }

    /// <exception cref="InvalidDataException">Not such a file, another version, or damaged.</exception>
    public static OriginalityIndex Load(Stream stream)
    {
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
                throw new InvalidDataException("This is no originality index.");
            if (reader.ReadInt32() is var version && version != Version)
                throw new InvalidDataException($"The originality index has version {version}; this program reads {Version}.");
            var scale = OriginalityScale.Read(reader);
            var before = BlockedSequence.Read(reader, LineElement.Count);
            return new OriginalityIndex(before, ReadArray<ushort>(reader), ReadArray<ushort>(reader), ReadArray<byte>(reader), scale);
        }
        catch (Exception e) when (e is EndOfStreamException or IndexOutOfRangeException or ArgumentException or OverflowException or FormatException)
        {
            throw new InvalidDataException("The originality index is damaged.", e);
        }
    }

    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        Scale.Write(writer);
        _before.Write(writer);
        WriteArray<ushort>(writer, _landmarks);
        WriteArray<ushort>(writer, _lineStarts);
        WriteArray<byte>(writer, _titles);
    }

    /// <summary>The title of a piece, with the collection that it comes from. Unpacks all titles when it is first asked.</summary>
    public string TitleOf(int piece)
    {
        var titles = _titleLines ??= Unpack(_titles);
        return titles[piece];
    }

    internal static byte[] Pack(IEnumerable<string> titles)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(Encoding.UTF8.GetBytes(string.Join('\n', titles.Select(t => t.ReplaceLineEndings(" ")))));
        return packed.ToArray();
    }

    /// <summary>The same index with another scale.</summary>
    public OriginalityIndex With(OriginalityScale scale) => new(_before, _landmarks, _lineStarts, _titles, scale);

    /// <summary>The longest run of elements that ends where <paramref name="elements"/> end and stands in the training music.</summary>
    /// <param name="elements">Searched from the end; its length is the longest run that is looked for.</param>
    /// <returns>Its length, and a row to ask <see cref="PieceOf"/> for, -1 where the length is 0.</returns>
    internal (int Length, int Row) LongestRunAtEnd(ReadOnlySpan<ushort> elements)
    {
        var (first, end) = (0, Rows);
        for (var length = 0; length < elements.Length; length++)
        {
            var element = elements[^(length + 1)];
            var nextFirst = _firstRow[element] + _before.Rank(element, first);
            var nextEnd = _firstRow[element] + _before.Rank(element, end);
            if (nextFirst >= nextEnd)
                return (length, length == 0 ? -1 : first);
            (first, end) = (nextFirst, nextEnd);
        }
        return (elements.Length, elements.IsEmpty ? -1 : first);
    }

    /// <summary>The piece that a row's suffix stands in: back through its line, until a landmark or the line's start.</summary>
    internal int PieceOf(int row)
    {
        while (row % RowsOfLandmark != 0)
        {
            var (element, rank) = _before.At(row);
            if (element == LineElement.Separator)
                return _lineStarts[rank];
            row = _firstRow[element] + rank;
        }
        return _landmarks[row / RowsOfLandmark];
    }

    private static string[] Unpack(byte[] packed)
    {
        using var reader = new StreamReader(new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd().Split('\n');
    }

    private static void WriteArray<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] ReadArray<T>(BinaryReader reader)
        where T : unmanaged
    {
        var length = reader.ReadInt32();
        if (length < 0 || length > (1 << 26))
            throw new InvalidDataException("The originality index is damaged: an array has no plausible length.");
        var values = new T[length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
