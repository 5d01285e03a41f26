using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Shards;

/// <summary>
/// Every condition along a phrase, as the model may be told it: density, register, polyphony and mood of each window of
/// <see cref="PhraseCharacter.WindowBars"/> bars from the notes themselves, the rest from the piece around them.
/// </summary>
public static class PhraseConditions
{
    public static ConditionLane Of(Phrase phrase)
    {
        var (notes, around) = (phrase.Notes.ToArray(), phrase.Surroundings);
        var barTicks = Math.Max(1, phrase.Context.Meter.BarTicks);
        var end = notes.Length == 0 ? 0 : notes[^1].OnsetTick + 1;
        var entries = new List<(long, NoteConditions)>();
        var (chord, section, first) = (0, 0, 0);
        var character = NoteConditions.NotGiven;
        foreach (var tick in Boundaries(around, barTicks, end))
        {
            if (tick % (barTicks * PhraseCharacter.WindowBars) == 0)
                character = Window(phrase, notes, ref first, tick, barTicks * PhraseCharacter.WindowBars) ?? character;
            while (chord < around.Chords.Count && around.Chords[chord].Tick <= tick)
                chord++;
            while (section < around.SectionEnds.Count && around.SectionEnds[section] <= tick)
                section++;
            entries.Add((tick, character with
            {
                Chord = chord == 0 || phrase.Context.Role == Role.Drums ? null : around.Chords[chord - 1].Chord,
                Style = around.Style,
                BarsLeft = section < around.SectionEnds.Count ? BarsLeft(around.SectionEnds[section], tick, barTicks) : (byte)0,
            }));
        }
        return new ConditionLane(entries);
    }

    private static SortedSet<long> Boundaries(PhraseSurroundings around, int barTicks, long end)
    {
        var ticks = new SortedSet<long>(around.Chords.Select(c => c.Tick).Concat(around.SectionEnds).Where(t => t >= 0 && t < end));
        for (long bar = 0; bar < end; bar += barTicks)
            ticks.Add(bar);
        return ticks;
    }

    private static NoteConditions? Window(Phrase phrase, GridNote[] notes, ref int first, long start, int ticks)
    {
        while (first < notes.Length && notes[first].OnsetTick < start)
            first++;
        var next = first;
        while (next < notes.Length && notes[next].OnsetTick < start + ticks)
            next++;
        // A phrase may stop in the middle of its last window: only whole bars that it reaches count.
        var barTicks = ticks / PhraseCharacter.WindowBars;
        var reached = next == notes.Length && next > first ? ((notes[^1].OnsetTick - start) / barTicks + 1) * barTicks : ticks;
        return PhraseCharacter.Of(notes.AsSpan(first, next - first), reached, phrase.Surroundings.Mode, phrase.VelocityIsKnown)?.ToConditions(phrase.Context.Role);
    }

    private static byte BarsLeft(long end, long tick, int barTicks)
    {
        var barLine = tick / barTicks * barTicks;
        return ConditionVocabulary.BarsLeftFrom((end - barLine + barTicks - 1) / barTicks);
    }
}
