using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Originality;

/// <summary>
/// What held-out human music measures against the training music: for each role and length of the passage, how many
/// passages reach a run. A fixed number would not do: chords and basses move in formulas, and the longer a passage is,
/// the longer is its longest run by chance.
/// </summary>
/// <remarks>
/// The longest of many chance runs is distributed as Gumbel's first extreme value (Statistics of Extremes, 1958). Up to
/// nine tenths the scale is what was counted; above, it follows that distribution through the median and the ninth
/// decile. The counts' own tail would not do there: it is no chance, but tunes that two composers have set.
/// </remarks>
public sealed class OriginalityScale
{
    public const int Roles = 6;

    /// <summary>Runs of so many notes and more count as one.</summary>
    public const int LongestRun = 48;

    /// <summary>Fewer passages than this make no scale; the role then takes that of all roles.</summary>
    public const int FewestPassages = 50;

    private const double CountedUpTo = 0.9;

    private const int AllRoles = Roles;

    /// <summary>Notes of a passage; an answer is compared with the longest that is not longer than itself.</summary>
    public static readonly IReadOnlyList<int> Lengths = [8, 16, 32, 64];

    public static readonly OriginalityScale None = new();

    private readonly int[] _runs = new int[(Roles + 1) * Lengths.Count * (LongestRun + 1)]; // [role, length, run] passages

    /// <summary>Counts a human passage.</summary>
    /// <param name="notes">One of <see cref="Lengths"/>.</param>
    public void Add(Role role, int notes, int longestRun)
    {
        var length = LengthOf(notes);
        Runs((int)role, length)[Math.Min(longestRun, LongestRun)]++;
        Runs(AllRoles, length)[Math.Min(longestRun, LongestRun)]++;
    }

    /// <summary>Passages of a role and length.</summary>
    public int Passages(Role role, int notes) => Total(Runs((int)role, LengthOf(notes)));

    /// <summary>The share of human passages whose longest run is shorter.</summary>
    /// <returns>0 where there is no scale.</returns>
    public double Rank(Role role, int notes, int longestRun)
    {
        var runs = RunsOf(role, notes);
        var total = Total(runs);
        if (total == 0)
            return 0;
        var counted = Total(runs[..Math.Min(longestRun, LongestRun)]) / (double)total;
        if (counted <= CountedUpTo)
            return counted;
        var (location, width) = Gumbel(runs);
        return Math.Max(CountedUpTo, Math.Exp(-Math.Exp(-(longestRun - location) / width)));
    }

    /// <summary>The shortest run that ranks at least so high.</summary>
    public int RunAt(Role role, int notes, double rank)
    {
        var run = 0;
        while (run < LongestRun && Rank(role, notes, run) < rank)
            run++;
        return run;
    }

    internal static OriginalityScale Read(BinaryReader reader)
    {
        var scale = new OriginalityScale();
        for (var i = 0; i < scale._runs.Length; i++)
            scale._runs[i] = reader.ReadInt32();
        return scale;
    }

    internal void Write(BinaryWriter writer)
    {
        foreach (var count in _runs)
            writer.Write(count);
    }

    private static (double Location, double Width) Gumbel(ReadOnlySpan<int> runs)
    {
        var (median, decile) = (Quantile(runs, 0.5), Quantile(runs, CountedUpTo));
        var width = Math.Max(0.5, (decile - median) / (Standard(CountedUpTo) - Standard(0.5)));
        return (median - (width * Standard(0.5)), width);
    }

    /// <summary>Quantile of the distribution exp(-exp(-x)).</summary>
    private static double Standard(double rank) => -Math.Log(-Math.Log(rank));

    /// <summary>The run below which this share of passages lies, passages of one run spread evenly over half a note to both sides.</summary>
    private static double Quantile(ReadOnlySpan<int> runs, double rank)
    {
        var wanted = rank * Total(runs);
        double before = 0;
        for (var run = 0; run < runs.Length; run++)
        {
            if (before + runs[run] >= wanted && runs[run] > 0)
                return run - 0.5 + ((wanted - before) / runs[run]);
            before += runs[run];
        }
        return runs.Length;
    }

    private static int LengthOf(int notes)
    {
        var length = 0;
        while (length + 1 < Lengths.Count && Lengths[length + 1] <= notes)
            length++;
        return length;
    }

    private static int Total(ReadOnlySpan<int> counts)
    {
        var total = 0;
        foreach (var count in counts)
            total += count;
        return total;
    }

    private Span<int> RunsOf(Role role, int notes)
    {
        var length = LengthOf(notes);
        var runs = Runs((int)role, length);
        return Total(runs) >= FewestPassages ? runs : Runs(AllRoles, length);
    }

    private Span<int> Runs(int row, int length) => _runs.AsSpan(((row * Lengths.Count) + length) * (LongestRun + 1), LongestRun + 1);
}
