using System.Text;
using MidiMuse.Core.Time;
using MidiMuse.Host.Performances;

namespace MidiMuse.Host.Commands;

/// <summary>
/// Motif and answer as a piano roll of characters: a row per pitch, bars between lines, as many bars side by side as
/// the terminal is wide. Onsets are full blocks, so repeated notes can be told apart.
/// </summary>
internal sealed class PianoRoll
{
    private const int LabelWidth = 5;
    private const int MostRows = 30;
    private const string MotifColour = "\e[36m";
    private const string AnswerColour = "\e[33m";
    private const string Dim = "\e[2m";
    private const string Plain = "\e[0m";

    private static readonly string[] PitchNames = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

    private readonly int _width;
    private readonly bool _hasColour;

    internal PianoRoll(int width, bool hasColour)
    {
        _width = width;
        _hasColour = hasColour;
    }

    internal void Write(
        TextWriter output, IReadOnlyList<InputNote> motif, IReadOnlyList<EmittedNote> answer, MeterMap meters, double answerStartPpq, double answerEndPpq)
    {
        Cell[] notes =
        [
            .. motif.Select(n => new Cell(n.OnsetPpq, n.OnsetPpq + n.DurationPpq, n.Pitch, IsAnswer: false)),
            .. answer.Select(n => new Cell(n.OnsetPpq, n.EndPpq, n.Pitch, IsAnswer: true)),
        ];
        var cellsPerQuarter = CellsPerQuarter(notes);
        var bars = Bars(meters, notes.Min(n => n.OnsetPpq), answerEndPpq);
        for (var first = 0; first < bars.Count;)
        {
            var count = BarsThatFit(bars, first, cellsPerQuarter);
            WriteSystem(output, bars.GetRange(first, count), notes, cellsPerQuarter, answerStartPpq);
            first += count;
        }
        output.WriteLine($"{Coloured("█━", "█━", MotifColour)} motif  {Coloured("█━", "▓─", AnswerColour)} answer");
    }

    /// <summary>Sixteenths; triplets, thirty-seconds or both where notes need them.</summary>
    private static int CellsPerQuarter(Cell[] notes)
    {
        foreach (var cells in (int[])[4, 6, 8, 12])
        {
            if (notes.All(n => Math.Abs((n.OnsetPpq * cells) - Math.Round(n.OnsetPpq * cells)) < 0.1))
                return cells;
        }
        return 4; // played freely: no grid fits
    }

    private static List<Bar> Bars(MeterMap meters, double startPpq, double endPpq)
    {
        var bars = new List<Bar>();
        for (var bar = meters.BarAt(startPpq); bar.StartPpq < endPpq - 1e-6; bar = meters.BarAt(bar.EndPpq))
            bars.Add(bar);
        return bars;
    }

    private int BarsThatFit(List<Bar> bars, int first, int cellsPerQuarter)
    {
        var left = _width - LabelWidth - 1;
        var count = 0;
        while (first + count < bars.Count)
        {
            left -= Cells(bars[first + count], cellsPerQuarter) + 1;
            if (left < 0 && count > 0)
                break;
            count++;
        }
        return count;
    }

    private static int Cells(Bar bar, int cellsPerQuarter) => Math.Max(1, (int)Math.Round((bar.EndPpq - bar.StartPpq) * cellsPerQuarter));

    private void WriteSystem(TextWriter output, List<Bar> bars, Cell[] notes, int cellsPerQuarter, double answerStartPpq)
    {
        var shown = notes.Where(n => n.OnsetPpq < bars[^1].EndPpq - 1e-3 && n.EndPpq > bars[0].StartPpq + 1e-3).ToArray();
        output.WriteLine(Header(bars, cellsPerQuarter, answerStartPpq));
        foreach (var pitch in Rows(shown))
            output.WriteLine(Row(pitch, bars, [.. shown.Where(n => n.Pitch == pitch)], cellsPerQuarter));
        output.WriteLine();
    }

    private static string Header(List<Bar> bars, int cellsPerQuarter, double answerStartPpq)
    {
        var line = new StringBuilder(new string(' ', LabelWidth));
        foreach (var bar in bars)
        {
            var width = Cells(bar, cellsPerQuarter) + 1;
            var text = $"{bar.Index + 1}" + (Math.Abs(bar.StartPpq - answerStartPpq) < 1e-3 ? " answer" : "");
            line.Append(text.Length < width ? text.PadRight(width) : text[..width]);
        }
        return line.ToString().TrimEnd();
    }

    /// <summary>Every pitch of the range, from the top; only those that occur where that is too much.</summary>
    private static IEnumerable<int> Rows(Cell[] shown)
    {
        if (shown.Length == 0)
            return [];
        var (low, high) = (shown.Min(n => n.Pitch), shown.Max(n => n.Pitch));
        return high - low < MostRows
            ? Enumerable.Range(low, high - low + 1).Reverse()
            : shown.Select(n => n.Pitch).Distinct().OrderDescending();
    }

    private string Row(int pitch, List<Bar> bars, Cell[] notes, int cellsPerQuarter)
    {
        var line = new StringBuilder($"{PitchNames[pitch % 12]}{(pitch / 12) - 1}".PadRight(LabelWidth - 1));
        foreach (var bar in bars)
        {
            line.Append(Coloured("│", "│", Dim));
            for (var cell = 0; cell < Cells(bar, cellsPerQuarter); cell++)
                line.Append(Character(notes, bar.StartPpq + (cell / (double)cellsPerQuarter), 1.0 / cellsPerQuarter, bar));
        }
        return line.Append(Coloured("│", "│", Dim)).ToString();
    }

    private string Character(Cell[] notes, double cellPpq, double cellLengthPpq, Bar bar)
    {
        var slack = cellLengthPpq / 2;
        foreach (var note in notes.Where(n => n.OnsetPpq >= cellPpq - slack && n.OnsetPpq < cellPpq + slack))
            return note.IsAnswer ? Coloured("█", "▓", AnswerColour) : Coloured("█", "█", MotifColour);
        foreach (var note in notes.Where(n => n.OnsetPpq < cellPpq && n.EndPpq > cellPpq + (slack / 2)))
            return note.IsAnswer ? Coloured("━", "─", AnswerColour) : Coloured("━", "━", MotifColour);
        var beats = (cellPpq - bar.StartPpq) / bar.Meter.BeatPpq;
        return Math.Abs(beats - Math.Round(beats)) < 1e-6 ? Coloured("·", "·", Dim) : " ";
    }

    private string Coloured(string text, string withoutColour, string colour) => _hasColour ? $"{colour}{text}{Plain}" : withoutColour;

    private readonly record struct Cell(double OnsetPpq, double EndPpq, int Pitch, bool IsAnswer);
}
