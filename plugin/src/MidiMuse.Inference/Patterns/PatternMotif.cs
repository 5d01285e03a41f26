using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Core.Time;

namespace MidiMuse.Inference.Patterns;

/// <summary>A motif that is varied or morphed, cut into patterns of four bars at most.</summary>
/// <param name="Notes">Grid ticks from the motif's start, a bar line; sorted by onset, then pitch.</param>
/// <param name="Bars">Its length.</param>
public sealed record PatternMotif(GridNote[] Notes, Meter Meter, Role Role, Key? Key, int Bars)
{
    /// <summary>Whether bars of this meter fit into a pattern.</summary>
    public bool IsCovered => PatternVocabulary.BarsOf(Meter) > 0;

    public int ChunkBars => Math.Min(Math.Max(1, Bars), PatternVocabulary.BarsOf(Meter));

    /// <summary>Chunks of the motif; the last one may be shorter.</summary>
    public int Chunks => (Math.Max(1, Bars) + ChunkBars - 1) / ChunkBars;

    /// <summary>The first bar of the chunk that holds a bar of the motif, and how many bars it has.</summary>
    public (int First, int Count) ChunkOf(int bar)
    {
        var first = bar / ChunkBars * ChunkBars;
        return (first, Math.Min(ChunkBars, Math.Max(1, Bars) - first));
    }

    public PatternHeader HeaderOf(int bars) => new(Role, Key, Meter, Math.Min(PatternVocabulary.Steps, bars * PatternVocabulary.StepsOf(Meter.BarTicks)));

    /// <summary>Mean MIDI pitch of the notes that begin within some bars; middle C where there are none.</summary>
    public double MeanPitch(int firstBar, int bars)
    {
        var (sum, count) = (0, 0);
        foreach (var note in Within(firstBar, bars))
            (sum, count) = (sum + note.Pitch, count + 1);
        return count == 0 ? 60 : sum / (double)count;
    }

    /// <summary>The notes that begin within some bars.</summary>
    public ReadOnlySpan<GridNote> Within(int firstBar, int bars)
    {
        var (start, end) = ((long)firstBar * Meter.BarTicks, (long)(firstBar + bars) * Meter.BarTicks);
        var first = 0;
        while (first < Notes.Length && Notes[first].OnsetTick < start)
            first++;
        var last = first;
        while (last < Notes.Length && Notes[last].OnsetTick < end)
            last++;
        return Notes.AsSpan(first, last - first);
    }
}
