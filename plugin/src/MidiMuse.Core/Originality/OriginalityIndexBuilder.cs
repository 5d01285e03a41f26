using System.Runtime.InteropServices;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Originality;

/// <summary>Collects the lines of the training music and makes the index of them.</summary>
public sealed class OriginalityIndexBuilder
{
    /// <summary>A passage this long that stands in the text already is not stored again: no longer run needs to be told apart.</summary>
    internal const int RepeatedElements = 20;

    /// <summary>Of a long scale or figure only both ends are kept: what it repeats does not count as a copy.</summary>
    private const int KeptOfCommonplace = 4;

    private readonly List<ushort> _text = [LineElement.Separator];
    private readonly List<(int Start, int Piece)> _lines = [];
    private readonly List<string> _titles = [];
    private readonly HashSet<ulong> _passages = [];

    /// <summary>Elements of all parts, those that were left out as repetitions too.</summary>
    public long ElementsSeen { get; private set; }

    public int Pieces => _titles.Count;

    /// <summary>The parts added next belong to this piece.</summary>
    /// <param name="title">With the collection that it comes from.</param>
    public void BeginPiece(string title)
    {
        if (_titles.Count == ushort.MaxValue)
            throw new InvalidOperationException($"An index holds {ushort.MaxValue} pieces at most.");
        _titles.Add(title);
    }

    /// <summary>Adds the lines of a part: the highest, and the lowest where it has several.</summary>
    /// <param name="notes">Sorted by onset, then pitch.</param>
    public void AddPart(ReadOnlySpan<GridNote> notes)
    {
        var line = new GridNote[notes.Length];
        var highest = MusicalLine.Extract(notes, lowest: false, line);
        Add(line.AsSpan(0, highest));
        if (MusicalLine.IsPolyphonic(notes.Length, highest))
            Add(line.AsSpan(0, MusicalLine.Extract(notes, lowest: true, line)));
    }

    /// <summary>Sorts everything; half a minute for five million elements.</summary>
    public OriginalityIndex Build()
    {
        var text = CollectionsMarshal.AsSpan(_text);
        var order = SuffixArray.Build(text, LineElement.Count);
        var before = new ushort[text.Length];
        var pieces = PieceOfEachPlace();
        var lineStarts = new List<ushort>();
        for (var row = 0; row < order.Length; row++)
        {
            var place = order[row];
            before[row] = text[place == 0 ? text.Length - 1 : place - 1];
            if (before[row] == LineElement.Separator)
                lineStarts.Add(pieces[place]);
        }
        var landmarks = new ushort[(order.Length + OriginalityIndex.RowsOfLandmark - 1) / OriginalityIndex.RowsOfLandmark];
        for (var i = 0; i < landmarks.Length; i++)
            landmarks[i] = pieces[order[i * OriginalityIndex.RowsOfLandmark]];
        return new OriginalityIndex(BlockedSequence.Encode(before, LineElement.Count), landmarks, [.. lineStarts], OriginalityIndex.Pack(_titles), OriginalityScale.None);
    }

    private void Add(ReadOnlySpan<GridNote> line)
    {
        var elements = new ushort[line.Length];
        elements = elements[..MusicalLine.Elements(line, elements)];
        ElementsSeen += elements.Length;
        var commonplace = new bool[elements.Length];
        Commonplace.Mark(elements, commonplace);
        var first = 0;
        for (var i = 0; i < elements.Length;)
        {
            var end = i;
            while (end < elements.Length && commonplace[end])
                end++;
            if (end - i > 2 * KeptOfCommonplace)
            {
                Add(elements[first..(i + KeptOfCommonplace)]);
                first = end - KeptOfCommonplace;
            }
            i = end + 1;
        }
        Add(elements[first..]);
    }

    private void Add(ushort[] elements)
    {
        var passages = PassagesOf(elements);
        for (var first = 0; first < elements.Length;)
        {
            var end = first;
            while (end < elements.Length && IsNew(passages, end))
                end++;
            // Of a known passage all but the last element are kept, so that no run that crosses into it is lost.
            var kept = Math.Min(elements.Length, end < elements.Length ? end + RepeatedElements - 1 : end);
            Store(elements.AsSpan(first, kept - first));
            first = end;
            while (first < passages.Length && _passages.Contains(passages[first]))
                first++;
            if (first == passages.Length)
                return;
        }
    }

    private void Store(ReadOnlySpan<ushort> elements)
    {
        _lines.Add((_text.Count, _titles.Count - 1));
        _text.AddRange(elements);
        _text.Add(LineElement.Separator);
    }

    private bool IsNew(ulong[] passages, int first) => first >= passages.Length || _passages.Add(passages[first]);

    /// <summary>A hash of each run of <see cref="RepeatedElements"/> (polynomial, rolled along; 64 bits make collisions negligible).</summary>
    private static ulong[] PassagesOf(ushort[] elements)
    {
        const ulong Base = 0x9E3779B97F4A7C15;
        if (elements.Length < RepeatedElements)
            return [];
        var leaving = 1UL;
        for (var i = 0; i < RepeatedElements; i++)
            leaving = unchecked(leaving * Base);
        var hashes = new ulong[elements.Length - RepeatedElements + 1];
        var hash = 0UL;
        for (var i = 0; i < elements.Length; i++)
        {
            hash = unchecked((hash * Base) + elements[i]);
            if (i >= RepeatedElements)
                hash = unchecked(hash - (leaving * elements[i - RepeatedElements]));
            if (i >= RepeatedElements - 1)
                hashes[i - RepeatedElements + 1] = hash;
        }
        return hashes;
    }

    /// <summary>[place in the text] piece; a separator belongs to the line before it.</summary>
    private ushort[] PieceOfEachPlace()
    {
        var pieces = new ushort[_text.Count];
        for (var i = 0; i < _lines.Count; i++)
        {
            var end = i + 1 < _lines.Count ? _lines[i + 1].Start : _text.Count;
            pieces.AsSpan(_lines[i].Start, end - _lines[i].Start).Fill((ushort)_lines[i].Piece);
        }
        return pieces;
    }
}
