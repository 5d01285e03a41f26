using MidiMuse.Core.Clips;
using MidiMuse.Core.Time;

namespace MidiMuse.RealHosts.Tests;

/// <summary>A motif of ours: its notes, and how many bars it fills.</summary>
internal sealed record Motif(string Name, Meter Meter, int Bars, ClipNote[] Notes)
{
    /// <summary>Two bars in common time.</summary>
    public static Motif CommonTime { get; } = FromQuarters("common-time", Meter.CommonTime, 2,
        (0, 1, 60), (1, 0.5, 62), (1.5, 0.5, 64), (2, 1, 65), (3, 1, 67),
        (4, 0.5, 69), (4.5, 0.5, 67), (5, 1, 65), (6, 1, 64), (7, 0.75, 60));

    /// <summary>Two bars in triple time, with a chord.</summary>
    public static Motif TripleTime { get; } = FromQuarters("triple-time", new Meter(3, 4), 2,
        (0, 1, 55), (1, 1, 59), (1, 1, 62), (2, 0.5, 64), (2.5, 0.5, 62),
        (3, 1, 60), (4, 1, 59), (5, 0.75, 57));

    /// <summary>Two bars in compound time.</summary>
    public static Motif CompoundTime { get; } = FromQuarters("compound-time", new Meter(6, 8), 2,
        (0, 0.5, 67), (0.5, 0.5, 69), (1, 0.5, 71), (1.5, 1, 72), (2.5, 0.5, 71),
        (3, 0.5, 69), (3.5, 0.5, 67), (4, 0.5, 66), (4.5, 1.25, 67));

    public double EndPpq => Bars * Meter.BarPpq;

    public static Motif In(string meter) =>
        new[] { CommonTime, TripleTime, CompoundTime }.Single(motif => motif.Meter.ToString() == meter);

    /// <summary>Notes as a hand plays them: off the grid, some short, some together. For what must come through untouched.</summary>
    public static Motif Played(int seed)
    {
        var random = new Random(seed);
        var notes = new List<ClipNote>();
        for (var tick = 0L; tick < 8 * Clip.DefaultTicksPerQuarter; tick += random.Next(1, 500))
        {
            var duration = random.Next(1, 900);
            var pitch = random.Next(20, 110);
            // One key cannot be struck again before it is up.
            if (notes.All(note => note.Pitch != pitch || note.EndTick < tick - 1))
                notes.Add(new ClipNote(tick, duration, pitch, random.Next(1, 128), random.Next(16)));
        }
        return new Motif($"played-{seed}", Meter.CommonTime, 2, [.. notes]);
    }

    public IReadOnlyList<HostNote> AsHostNotes() =>
        [.. Notes.Select(note => new HostNote(Quarters(note.OnsetTick), Quarters(note.EndTick), note.Pitch, note.Velocity, note.Channel))
            .OrderBy(note => note.OnsetPpq).ThenBy(note => note.Pitch)];

    public string WriteTo(string folder)
    {
        var path = Path.Combine(folder, Name + ".mid");
        using var stream = File.Create(path);
        var clip = new Clip { Name = Name, Tracks = [new ClipTrack(Name, Notes)], Meters = [new MeterChange(0, Meter)], EndTick = (long)(EndPpq * Clip.DefaultTicksPerQuarter) };
        ClipWriter.Write(clip, stream);
        return path;
    }

    private static Motif FromQuarters(string name, Meter meter, int bars, params (double Onset, double Length, int Pitch)[] notes) =>
        new(name, meter, bars, [.. notes.Select((note, i) =>
            new ClipNote(Ticks(note.Onset), Ticks(note.Length) - 60, note.Pitch, 80 + (i * 7 % 30)))]);

    private static double Quarters(long ticks) => ticks / (double)Clip.DefaultTicksPerQuarter;

    private static long Ticks(double quarters) => (long)(quarters * Clip.DefaultTicksPerQuarter);
}
