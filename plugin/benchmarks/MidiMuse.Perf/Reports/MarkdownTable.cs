using System.Globalization;

namespace MidiMuse.Perf.Reports;

/// <summary>A table that reads well as text and as markdown: columns are as wide as their widest cell, numbers right.</summary>
public sealed class MarkdownTable
{
    private const int SignificantDigits = 4;

    private readonly List<string[]> _rows = [];

    public MarkdownTable(params string[] titles) => _rows.Add(titles);

    /// <summary>Four significant digits, never an exponent; empty for null.</summary>
    public static string Number(double? value)
    {
        if (value is not { } number)
            return "";
        if (number == 0 || !double.IsFinite(number))
            return number.ToString(CultureInfo.InvariantCulture);
        var digitsBeforePoint = Math.Max(1, (int)Math.Floor(Math.Log10(Math.Abs(number))) + 1);
        var decimals = Math.Clamp(SignificantDigits - digitsBeforePoint, 0, 3);
        return number.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    public void Add(params string[] cells)
    {
        if (cells.Length != _rows[0].Length)
            throw new ArgumentException("A row has a cell for each title.", nameof(cells));
        _rows.Add([.. cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))]);
    }

    public void Write(TextWriter output)
    {
        var columns = _rows[0].Length;
        var widths = new int[columns];
        var isNumber = new bool[columns];
        for (var column = 0; column < columns; column++)
        {
            widths[column] = Math.Max(3, _rows.Max(row => row[column].Length));
            isNumber[column] = _rows.Count > 1 && _rows.Skip(1).All(row => row[column].Length == 0 || double.TryParse(row[column], CultureInfo.InvariantCulture, out _));
        }
        WriteRow(output, _rows[0], widths, isNumber);
        output.WriteLine($"|{string.Join("|", widths.Select((width, column) => isNumber[column] ? new string('-', width + 1) + ":" : new string('-', width + 2)))}|");
        foreach (var row in _rows.Skip(1))
            WriteRow(output, row, widths, isNumber);
    }

    private static void WriteRow(TextWriter output, string[] row, int[] widths, bool[] isNumber) =>
        output.WriteLine($"| {string.Join(" | ", row.Select((cell, column) => isNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))} |");
}
