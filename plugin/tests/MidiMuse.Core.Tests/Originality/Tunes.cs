using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;

namespace MidiMuse.Core.Tests.Originality;

/// <summary>Lines made up for the tests.</summary>
internal static class Tunes
{
    private static readonly int[] NoteValues = [6, 12, 12, 24, 24, 36, 48];

    /// <summary>A line without any habit; the same for the same seed.</summary>
    public static GridNote[] Random(int seed, int notes)
    {
        var random = new Random(seed);
        var line = new GridNote[notes];
        long onset = 0;
        for (var i = 0; i < notes; i++)
        {
            var ticks = NoteValues[random.Next(NoteValues.Length)];
            line[i] = new GridNote(onset, ticks, random.Next(55, 80), 80);
            onset += ticks;
        }
        return line;
    }

    public static GridNote[] Moved(IEnumerable<GridNote> notes, long ticks, int semitones) =>
        [.. notes.Select(n => n with { OnsetTick = n.OnsetTick + ticks, Pitch = n.Pitch + semitones })];

    /// <summary>An index of one piece for each line, named Tune 0, Tune 1 ...</summary>
    public static OriginalityIndex Index(params GridNote[][] lines)
    {
        var builder = new OriginalityIndexBuilder();
        foreach (var line in lines)
        {
            builder.BeginPiece($"Tune {builder.Pieces}");
            builder.AddPart(line);
        }
        return builder.Build();
    }
}
