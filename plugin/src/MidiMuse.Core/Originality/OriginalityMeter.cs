using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Originality;

/// <summary>
/// Compares answers with the training music and with the motif that they answer. [engine] Used by one thread at a
/// time; its buffers grow with the longest answer and are kept, so that measuring allocates nothing after that.
/// </summary>
public sealed class OriginalityMeter(OriginalityIndex index)
{
    /// <summary>Elements of a window of eight notes.</summary>
    private const int WindowElements = 7;

    /// <summary>A window says something where at least so many of its elements are neither commonplace nor the motif's.</summary>
    private const int TellingElements = 4;

    /// <summary>Elements that make a repetition of the motif: five notes.</summary>
    private const int MotifElements = 4;

    /// <summary>Notes of the motif that may lead into a run; longer ones are not looked for.</summary>
    private const int LongestRunElements = OriginalityScale.LongestRun;

    private GridNote[] _notes = [];
    private GridNote[] _line = [];
    private ushort[] _elements = [];
    private ushort[] _motif = [];
    private bool[] _commonplace = [];
    private bool[] _fromMotif = [];
    private int[] _runsOfMotif = [];

    /// <summary>Measures an answer.</summary>
    /// <param name="motif">What the player played; sorted by onset, then pitch. May be empty.</param>
    /// <param name="answer">Sorted likewise, in the same ticks: it begins after the motif.</param>
    /// <returns><see cref="OriginalityReport.Nothing"/> for drums, whose pitches make no tune.</returns>
    public OriginalityReport Measure(Role role, ReadOnlySpan<GridNote> motif, ReadOnlySpan<GridNote> answer)
    {
        if (role == Role.Drums || answer.IsEmpty)
            return OriginalityReport.Nothing;
        Reserve(motif.Length + answer.Length);
        motif.CopyTo(_notes);
        answer.CopyTo(_notes.AsSpan(motif.Length));
        var all = _notes.AsSpan(0, motif.Length + answer.Length);

        var sum = MeasureLine(motif, all, answer[0].OnsetTick, lowest: false, out var highest);
        if (MusicalLine.IsPolyphonic(all.Length, highest))
            sum = sum.With(MeasureLine(motif, all, answer[0].OnsetTick, lowest: true, out _));
        return sum.Notes == 0 ? OriginalityReport.Nothing : ToReport(role, sum);
    }

    private OriginalityReport ToReport(Role role, in LineSum sum)
    {
        var run = sum.LongestRun == 0 ? 0 : sum.LongestRun + 1;
        var share = sum.Windows == 0 ? 0 : sum.CopiedWindows / (double)sum.Windows;
        return new OriginalityReport(
            sum.Notes,
            run,
            share,
            sum.Row < 0 ? -1 : index.PieceOf(sum.Row),
            sum.MotifRun == 0 ? 0 : sum.MotifRun + 1,
            sum.FromMotif / (double)sum.Notes,
            index.Scale.Rank(role, sum.NotesOfLongestLine, run));
    }

    private LineSum MeasureLine(ReadOnlySpan<GridNote> motif, ReadOnlySpan<GridNote> all, long answerTick, bool lowest, out int lineNotes)
    {
        var motifLine = _line.AsSpan(0, MusicalLine.Extract(motif, lowest, _line));
        var motifElements = _motif.AsSpan(0, MusicalLine.Elements(motifLine, _motif));
        lineNotes = MusicalLine.Extract(all, lowest, _line);
        var line = _line.AsSpan(0, lineNotes);
        var elements = _elements.AsSpan(0, MusicalLine.Elements(line, _elements));
        var firstNote = 0;
        while (firstNote < line.Length && line[firstNote].OnsetTick < answerTick)
            firstNote++;
        var first = Math.Max(0, firstNote - 2); // elements begin with the third note

        var commonplace = _commonplace.AsSpan(0, elements.Length);
        commonplace.Clear();
        Commonplace.Mark(elements, commonplace);
        var fromMotif = _fromMotif.AsSpan(0, elements.Length);
        fromMotif.Clear();
        var sum = new LineSum { Notes = elements.Length - first, NotesOfLongestLine = elements.Length - first, Row = -1 };
        sum.MotifRun = MarkMotif(motifElements, elements, first, fromMotif);
        sum.FromMotif = fromMotif[first..].Count(true);
        for (var i = first; i < elements.Length; i++)
            MeasureRun(elements, i, first, commonplace, fromMotif, ref sum);
        return sum;
    }

    private void MeasureRun(ReadOnlySpan<ushort> elements, int last, int first, ReadOnlySpan<bool> commonplace, ReadOnlySpan<bool> fromMotif, ref LineSum sum)
    {
        var begin = Math.Max(0, last + 1 - LongestRunElements);
        var (length, row) = index.LongestRunAtEnd(elements[begin..(last + 1)]);
        var telling = 0;
        var tellingInWindow = 0;
        for (var i = last; i >= first && i > last - Math.Max(length, WindowElements); i--)
        {
            var counts = commonplace[i] || fromMotif[i] ? 0 : 1;
            telling += i > last - length ? counts : 0;
            tellingInWindow += i > last - WindowElements ? counts : 0;
        }
        if (telling > sum.LongestRun)
            (sum.LongestRun, sum.Row) = (telling, row);
        if (tellingInWindow < TellingElements || last + 1 < WindowElements)
            return;
        sum.Windows++;
        sum.CopiedWindows += length >= WindowElements ? 1 : 0;
    }

    /// <summary>Marks the answer's elements that repeat the motif's: runs of at least <see cref="MotifElements"/>.</summary>
    /// <returns>Elements of the longest run.</returns>
    private int MarkMotif(ReadOnlySpan<ushort> motif, ReadOnlySpan<ushort> elements, int first, Span<bool> marks)
    {
        // runs[j]: elements that agree before answer element i and motif element j, both included; from right to left in place.
        var runs = _runsOfMotif.AsSpan(0, motif.Length + 1);
        runs.Clear();
        var longest = 0;
        for (var i = first; i < elements.Length; i++)
        {
            var longestHere = 0;
            for (var j = motif.Length - 1; j >= 0; j--)
            {
                runs[j + 1] = motif[j] == elements[i] ? runs[j] + 1 : 0;
                longestHere = Math.Max(longestHere, runs[j + 1]);
            }
            if (longestHere >= MotifElements)
                marks.Slice(i - longestHere + 1, longestHere).Fill(true);
            longest = Math.Max(longest, longestHere);
        }
        return longest;
    }

    private void Reserve(int notes)
    {
        if (_notes.Length >= notes)
            return;
        var size = Math.Max(256, 2 * notes);
        _notes = new GridNote[size];
        _line = new GridNote[size];
        _elements = new ushort[size];
        _motif = new ushort[size];
        _commonplace = new bool[size];
        _fromMotif = new bool[size];
        _runsOfMotif = new int[size + 1];
    }

    /// <summary>What was found in one line, or in both.</summary>
    private struct LineSum
    {
        public int Notes;
        public int NotesOfLongestLine;
        public int LongestRun;
        public int Row;
        public int Windows;
        public int CopiedWindows;
        public int MotifRun;
        public int FromMotif;

        public readonly LineSum With(in LineSum other) => new()
        {
            Notes = Notes + other.Notes,
            NotesOfLongestLine = Math.Max(NotesOfLongestLine, other.NotesOfLongestLine),
            LongestRun = Math.Max(LongestRun, other.LongestRun),
            Row = other.LongestRun > LongestRun ? other.Row : Row,
            Windows = Windows + other.Windows,
            CopiedWindows = CopiedWindows + other.CopiedWindows,
            MotifRun = Math.Max(MotifRun, other.MotifRun),
            FromMotif = FromMotif + other.FromMotif,
        };
    }
}
