using MidiMuse.Core.Time;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// How a motif is played beside what it plays: for each sixteenth of the bar the mean distance of its notes from
/// there, and how loud they are against the motif's mean. Sixteenths without a note take what notes at the same place
/// of other beats have. Eighths that swing count as eighths: a note near the last third of a beat without other
/// sixteenths belongs to the middle of the beat.
/// </summary>
public sealed class Groove
{
    public static readonly Groove None = new(Meter.CommonTime, [], []);

    private const double SlotPpq = 0.25;

    /// <summary>Notes further from a sixteenth than this belong to a triplet or to nothing.</summary>
    private const double ReachPpq = 0.11;

    private const double SwungFromPpq = 0.56;
    private const double SwungToPpq = 0.72;
    private const int SlotsOfQuarter = 4;

    private readonly double[] _shiftPpq;
    private readonly double[] _loudness;
    private readonly Meter _meter;

    private Groove(Meter meter, double[] shiftPpq, double[] loudness)
    {
        _meter = meter;
        _shiftPpq = shiftPpq;
        _loudness = loudness;
    }

    public static Groove Of(Motif motif)
    {
        var slots = (int)Math.Ceiling(motif.Meter.BarPpq / SlotPpq);
        if (motif.Notes.IsEmpty)
            return None;
        var (shifts, loudness, counts) = (new double[slots], new double[slots], new int[slots]);
        var meanVelocity = motif.Notes.Average(note => (double)note.Velocity);
        var swings = Swings(motif);
        foreach (var note in motif.Notes)
        {
            var inBar = InBar(note.OnsetPpq - motif.StartPpq, motif.Meter);
            var slot = SlotOf(inBar, slots, swings);
            var shift = inBar - (slot * SlotPpq);
            if (Math.Abs(shift) > ReachPpq && !(swings && slot % SlotsOfQuarter == 2))
                continue;
            shifts[slot % slots] += shift;
            loudness[slot % slots] += note.Velocity / meanVelocity;
            counts[slot % slots]++;
        }
        return new Groove(motif.Meter, Means(shifts, counts, 0), Means(loudness, counts, 1));
    }

    /// <summary>How much later than its place on the grid a note sounds, in quarters.</summary>
    public double ShiftPpq(Meter meter, long tickInBar) => At(_shiftPpq, meter, tickInBar) ?? 0;

    /// <summary>Factor for a note's velocity.</summary>
    public double Loudness(Meter meter, long tickInBar) => At(_loudness, meter, tickInBar) ?? 1;

    private static double InBar(double ppq, Meter meter)
    {
        // A note just before a bar line belongs to it.
        var early = ppq + (SlotPpq / 2);
        return early - (Math.Floor(early / meter.BarPpq) * meter.BarPpq) - (SlotPpq / 2);
    }

    private static int SlotOf(double inBarPpq, int slots, bool swings)
    {
        var inQuarter = inBarPpq - Math.Floor(inBarPpq);
        if (swings && inQuarter is > 0.4 and < SwungToPpq)
            return ((int)Math.Floor(inBarPpq) * SlotsOfQuarter) + 2;
        return Math.Clamp((int)Math.Round(inBarPpq / SlotPpq), 0, slots - 1);
    }

    private static bool Swings(Motif motif)
    {
        var (late, other) = (0, 0);
        foreach (var note in motif.Notes)
        {
            var inQuarter = InBar(note.OnsetPpq - motif.StartPpq, motif.Meter);
            inQuarter -= Math.Floor(inQuarter);
            if (inQuarter is > SwungFromPpq and < SwungToPpq)
                late++;
            else if (inQuarter is > 0.15 and < 0.85)
                other++;
        }
        return late >= 2 && late > 2 * other;
    }

    private static double[] Means(double[] sums, int[] counts, double neutral)
    {
        var means = new double[sums.Length];
        for (var slot = 0; slot < sums.Length; slot++)
        {
            var (sum, count) = (sums[slot], counts[slot]);
            for (var other = slot % SlotsOfQuarter; count == 0 && other < sums.Length; other += SlotsOfQuarter)
                sum += sums[other];
            if (count == 0)
            {
                for (var other = slot % SlotsOfQuarter; other < sums.Length; other += SlotsOfQuarter)
                    count += counts[other];
            }
            means[slot] = count > 0 ? sum / count : neutral;
        }
        return means;
    }

    private double? At(double[] values, Meter meter, long tickInBar)
    {
        if (values.Length == 0 || meter != _meter)
            return null;
        const int SlotTicks = GridTime.TicksPerQuarter / SlotsOfQuarter;
        var slot = (int)Math.Round(tickInBar / (double)SlotTicks);
        var isNear = Math.Abs(tickInBar - (slot * SlotTicks)) <= 1;
        return isNear && slot < values.Length ? values[slot] : null;
    }
}
