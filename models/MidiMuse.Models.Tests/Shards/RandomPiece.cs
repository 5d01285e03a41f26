using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Tests.Shards;

/// <summary>Pieces with changing meters, chords, rests and both hands, on the grid, by seed.</summary>
internal static class RandomPiece
{
    private static readonly Meter[] Meters = [new(4, 4), new(3, 4), new(6, 8), new(7, 8), new(2, 2)];

    public static Piece Draw(int seed)
    {
        var random = new Random(seed);
        var meters = new List<MeterChange>();
        long tick = 0;
        for (var i = 0; i < 3; i++)
        {
            var meter = Meters[random.Next(Meters.Length)];
            meters.Add(new MeterChange(tick, meter));
            tick += meter.BarTicks * MeterStretch.GridTick * random.Next(1, 60);
        }
        return new Piece("random", $"{seed}", "train", "g", "A", "CC0", "")
        {
            Meters = meters,
            Keys = [new KeyChange(0, random.Next(-7, 8), null)],
            Tracks = [Track(random, Role.Piano, Hand.Left, tick), Track(random, Role.Piano, Hand.Right, tick), Track(random, Role.Drums, Hand.Unspecified, tick)],
        };
    }

    private static Track Track(Random random, Role role, Hand hand, long endTick)
    {
        var notes = new List<SourceNote>();
        var onset = 0L;
        while ((onset += MeterStretch.GridTick * DrawShift(random)) < endTick)
            notes.Add(new SourceNote(onset, MeterStretch.GridTick * random.Next(1, 49), random.Next(40, 90), random.Next(1, 128)));
        return new Track(role, hand, 0, "Piano", [.. notes.OrderBy(n => n.Onset).ThenBy(n => n.Pitch)]);
    }

    /// <summary>Chords, short and long shifts, and sometimes a rest longer than any class.</summary>
    private static int DrawShift(Random random) => random.Next(40) switch
    {
        0 => 500,
        1 or 2 => 96,
        < 12 => 0,
        _ => random.Next(1, 25),
    };
}
