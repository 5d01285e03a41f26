using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Patterns;

/// <summary>
/// Cuts parts into windows of four bars, or of two or one where four are longer than a pattern; each begins half a window
/// after the one before it, so that every bar is met in several places.
/// </summary>
public static class PatternCutter
{
    private const int FewestNotes = 3;

    public static IEnumerable<PatternWindow> Cut(Piece piece, Part part)
    {
        foreach (var stretch in MeterStretch.Of(piece))
        {
            var bars = PatternVocabulary.BarsOf(stretch.Meter);
            if (bars == 0)
                continue;
            var notes = PhraseCutter.OnGrid(part.Notes, stretch);
            if (notes.Count == 0)
                continue;
            var barTicks = stretch.Meter.BarTicks;
            var first = notes[0].OnsetTick / barTicks;
            var last = notes[^1].OnsetTick / barTicks;
            for (var bar = first; bar + bars - 1 <= last; bar += Math.Max(1, bars / 2))
            {
                if (Window(piece, part, stretch, notes, bar, bars) is { } window)
                    yield return window;
            }
        }
    }

    private static PatternWindow? Window(Piece piece, Part part, MeterStretch stretch, List<GridNote> notes, long bar, int bars)
    {
        var barTicks = stretch.Meter.BarTicks;
        var (start, end) = (bar * barTicks, (bar + bars) * barTicks);
        var inside = notes.Where(n => n.OnsetTick >= start && n.OnsetTick < end).Select(n => n with { OnsetTick = n.OnsetTick - start }).ToArray();
        if (inside.Length < FewestNotes)
            return null;
        var key = part.Role == Role.Drums ? null : PhraseCutter.KeyAt(piece, stretch.StartTick + (start * MeterStretch.GridTick), inside);
        return new PatternWindow(part.Role, key, stretch.Meter, bars, inside);
    }
}
