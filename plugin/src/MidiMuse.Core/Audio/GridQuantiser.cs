namespace MidiMuse.Core.Audio;

/// <summary>
/// Moves sung notes to the host's grid. The grid is the one that describes the onsets best: fine grids fit everything
/// but need more to say where a note is, so each note pays the logarithm of the positions of a beat (minimum
/// description length, as in Cemgil, Desain and Kappen, "Rhythm quantization for transcription", CMJ 24:2, 2000).
/// Who sings to a click is often late or early as a whole: a common shift is looked for as well.
/// </summary>
public static class GridQuantiser
{
    /// <summary>Onsets are sung, and found, this exactly.</summary>
    private const double SpreadSeconds = 0.022;

    private const double LargestShiftSeconds = 0.04;
    private const double ShiftSpreadSeconds = 0.02;
    private const double MostCost = 6; // nats: a note that fits nowhere must not decide alone
    private const double OtherFamilyCost = 1.5;

    private static readonly int[] Straight = [1, 2, 4];
    private static readonly int[] Triple = [3, 6];

    /// <param name="notes">Positions in quarters; the grid lies at multiples of its step from 0. Sorted by onset.</param>
    public static GridNoteTiming[] Quantise(IReadOnlyList<(double OnsetPpq, double EndPpq)> notes, double tempoBpm, OnsetGrid grid)
    {
        ArgumentNullException.ThrowIfNull(notes);
        if (notes.Count == 0)
            return [];
        if (grid == OnsetGrid.Off)
            return [.. notes.Select(note => new GridNoteTiming(note.OnsetPpq, note.EndPpq, 1))];
        var onsets = notes.Select(note => note.OnsetPpq).ToArray();
        var ppqPerSecond = tempoBpm / 60;
        var (steps, shiftPpq) = grid == OnsetGrid.Auto
            ? FindSteps(onsets, ppqPerSecond)
            : (Enumerable.Repeat((int)grid, onsets.Length).ToArray(), BestShift(onsets, [(int)grid], ppqPerSecond).ShiftPpq);
        return Move(notes, steps, shiftPpq, ppqPerSecond);
    }

    /// <summary>Steps a quarter of every note, and the common shift.</summary>
    private static (int[] Steps, double ShiftPpq) FindSteps(double[] onsets, double ppqPerSecond)
    {
        var straight = Straight.Select(steps => (Steps: steps, Fit: BestShift(onsets, [steps], ppqPerSecond))).MinBy(entry => entry.Fit.Cost);
        var triple = Triple.Select(steps => (Steps: steps, Fit: BestShift(onsets, [steps], ppqPerSecond))).MinBy(entry => entry.Fit.Cost);
        var (main, other) = straight.Fit.Cost <= triple.Fit.Cost ? (straight, triple) : (triple, straight);
        var shift = main.Fit.ShiftPpq;
        var steps = new int[onsets.Length];
        Array.Fill(steps, main.Steps);
        for (var first = 0; first < onsets.Length;)
        {
            var beat = BeatOf(onsets[first] - shift);
            var end = first + 1;
            while (end < onsets.Length && BeatOf(onsets[end] - shift) == beat)
                end++;
            var notesOfBeat = onsets.AsSpan(first, end - first);
            if (CostOf(notesOfBeat, other.Steps, shift, ppqPerSecond) + OtherFamilyCost < CostOf(notesOfBeat, main.Steps, shift, ppqPerSecond))
                steps.AsSpan(first, end - first).Fill(other.Steps);
            first = end;
        }
        return (steps, shift);
    }

    /// <summary>A note a little before a beat belongs to it.</summary>
    private static long BeatOf(double ppq) => (long)Math.Floor(ppq + 0.08);

    private static (double Cost, double ShiftPpq) BestShift(double[] onsets, int[] steps, double ppqPerSecond)
    {
        var best = (Cost: double.PositiveInfinity, ShiftPpq: 0.0);
        for (var shift = -LargestShiftSeconds; shift < LargestShiftSeconds + 1e-9; shift += 0.005)
        {
            var cost = 0.5 * shift * shift / (ShiftSpreadSeconds * ShiftSpreadSeconds);
            foreach (var step in steps)
                cost += CostOf(onsets, step, shift * ppqPerSecond, ppqPerSecond);
            if (cost < best.Cost)
                best = (cost, shift * ppqPerSecond);
        }
        return best;
    }

    private static double CostOf(ReadOnlySpan<double> onsets, int steps, double shiftPpq, double ppqPerSecond)
    {
        var spread = SpreadSeconds * ppqPerSecond;
        var cost = 0.0;
        foreach (var onset in onsets)
        {
            var error = (onset - shiftPpq - Nearest(onset - shiftPpq, steps)) / spread;
            cost += Math.Min(0.5 * error * error, MostCost) + Math.Log(steps);
        }
        return cost;
    }

    private static double Nearest(double ppq, int steps) => Math.Round(ppq * steps) / steps;

    private static GridNoteTiming[] Move(IReadOnlyList<(double OnsetPpq, double EndPpq)> notes, int[] steps, double shiftPpq, double ppqPerSecond)
    {
        var moved = new GridNoteTiming[notes.Count];
        for (var i = 0; i < moved.Length; i++)
        {
            var onset = Nearest(notes[i].OnsetPpq - shiftPpq, steps[i]);
            moved[i] = new GridNoteTiming(onset, 0, FitOf(notes[i].OnsetPpq - shiftPpq - onset, steps[i], ppqPerSecond));
        }
        for (var i = 0; i < moved.Length; i++)
            moved[i] = moved[i] with { EndPpq = EndOf(notes[i], moved, i, steps[i], shiftPpq) };
        return moved;
    }

    /// <summary>Sung notes end a little before the next one begins: they are held up to it where the gap is short.</summary>
    private static double EndOf((double OnsetPpq, double EndPpq) note, GridNoteTiming[] moved, int index, int steps, double shiftPpq)
    {
        var step = 1.0 / steps;
        var end = Math.Max(Nearest(note.EndPpq - shiftPpq, steps), moved[index].OnsetPpq + step);
        for (var next = index + 1; next < moved.Length; next++)
        {
            if (moved[next].OnsetPpq <= moved[index].OnsetPpq)
                continue;
            return Math.Min(end, moved[next].OnsetPpq);
        }
        return end;
    }

    /// <summary>Near the position, and nearer than to the one on the other side of the onset.</summary>
    private static double FitOf(double errorPpq, int steps, double ppqPerSecond)
    {
        var spread = SpreadSeconds * ppqPerSecond;
        var error = Math.Abs(errorPpq);
        var other = (1.0 / steps) - error;
        var nearer = 1 / (1 + Math.Exp(-((other * other) - (error * error)) / (2 * spread * spread)));
        const double Tolerance = 2.5; // spreads
        return nearer * Math.Exp(-0.5 * error * error / (Tolerance * Tolerance * spread * spread));
    }
}
