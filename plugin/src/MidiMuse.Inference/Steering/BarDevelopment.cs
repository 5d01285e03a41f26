using MidiMuse.Core.Notes;
using MidiMuse.Inference.Generation;

namespace MidiMuse.Inference.Steering;

/// <summary>
/// Against going round in circles. Once the bar before has repeated its own predecessor more than the motif's bars repeat
/// one another, its pitches are made less likely at the same places. Drawn answers repeat themselves more than what people
/// write, because each repetition makes the next one likelier (Xu and others, "Learning to Break the Loop", NeurIPS 2022).
/// </summary>
public sealed class BarDevelopment : BarSteering
{
    /// <summary>Of the control. Answers of four bars then repeat their bars about as often as real continuations do, and foretell them no worse (plugin/docs/CONTROLS.md).</summary>
    public const double DefaultAmount = 0.5;

    /// <summary>At amount 1, where a bar was repeated whole and the motif never does that.</summary>
    private const double MostNats = 5.2;

    private readonly GridNote[] _before;
    private readonly long _startTick;
    private readonly float _nats;

    /// <param name="motif">Whose bars say how much repetition is right; a motif of one bar says nothing, and nothing is weighed.</param>
    /// <param name="phrase">Motif and answer so far.</param>
    /// <param name="startTick">Of the bar that is to be made.</param>
    /// <param name="amount">0..1</param>
    public BarDevelopment(ReadOnlySpan<GridNote> motif, IReadOnlyList<GridNote> phrase, long startTick, int barTicks, double amount)
    {
        _startTick = startTick;
        var notes = phrase.Where(note => note.OnsetTick >= startTick - (2 * barTicks)).ToArray();
        _before = BarAt(notes, startTick - barTicks, barTicks);
        var repeated = Likeness(BarAt(notes, startTick - (2 * barTicks), barTicks), _before);
        var expected = LikenessWithin(motif, barTicks);
        _nats = (float)(Math.Max(0, repeated - expected ?? 0) * amount * MostNats);
    }

    public override bool SuitsFinishedNotes => false;

    public override void WeighPitches(in NextNote coming, Span<float> logits)
    {
        if (_nats == 0)
            return;
        foreach (var note in _before)
        {
            if (note.OnsetTick == coming.OnsetTick - _startTick)
                logits[note.Pitch] -= _nats;
        }
    }

    /// <summary>Mean of the bars that follow each other; null where none with notes do.</summary>
    private static double? LikenessWithin(ReadOnlySpan<GridNote> motif, int barTicks)
    {
        var (sum, count) = (0.0, 0);
        var last = motif.IsEmpty ? 0 : motif[^1].OnsetTick;
        var before = BarAt(motif, 0, barTicks);
        for (long tick = barTicks; tick <= last; tick += barTicks)
        {
            var bar = BarAt(motif, tick, barTicks);
            if (Likeness(before, bar) is { } likeness)
                (sum, count) = (sum + likeness, count + 1);
            before = bar;
        }
        return count > 0 ? sum / count : null;
    }

    /// <summary>Null where one of them has no notes.</summary>
    private static double? Likeness(GridNote[] a, GridNote[] b) => a.Length == 0 || b.Length == 0 ? null : BarConsensus.Agreement(a, b);

    /// <summary>The notes that begin in a bar, ticks from its bar line.</summary>
    private static GridNote[] BarAt(ReadOnlySpan<GridNote> notes, long startTick, int barTicks)
    {
        var bar = new List<GridNote>();
        foreach (var note in notes)
        {
            if (note.OnsetTick >= startTick && note.OnsetTick < startTick + barTicks)
                bar.Add(note with { OnsetTick = note.OnsetTick - startTick });
        }
        return [.. bar];
    }
}
