using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Testing;

/// <summary>
/// A model whose bars follow from what it has heard: a note on every beat, its pitches a hash of the phrase, the
/// seed and the bar. So two answers are equal exactly where everything that went into them was.
/// </summary>
public sealed class ScriptedModel : IContinuationModel
{
    private readonly List<GridNote> _heard = [];
    private PhraseContext _context;

    public string Identity => "scripted";

    public string? Fault { get; set; }

    public PatternComposer? Patterns { get; init; }

    /// <summary>Asked for by every note; true lets the model run out of time in the middle of a bar.</summary>
    public Func<bool> IsSlow { get; set; } = static () => false;

    public int Hearings { get; private set; }

    public int BarsMade { get; private set; }

    public IReadOnlyList<GridNote> Heard => _heard;

    public PhraseContext Context => _context;

    public BarOrder LastOrder { get; private set; }

    public bool Hear(PhraseContext context, ReadOnlySpan<GridNote> notes, Func<bool> mustGiveUp)
    {
        Hearings++;
        _context = context;
        _heard.Clear();
        _heard.AddRange(notes);
        return true;
    }

    public ComposeOutcome ComposeBar(in BarOrder order, List<GridNote> notes, Func<bool> isTooLate, out double logLikelihood)
    {
        notes.Clear();
        logLikelihood = -1;
        LastOrder = order;
        if (Fault is not null)
            return ComposeOutcome.Failed;
        if (IsSlow())
            return ComposeOutcome.TooLate;
        var random = new Random(HashCodeOf(order));
        for (var tick = order.StartTick; tick < order.EndTick; tick += 24)
        {
            if (isTooLate())
                return ComposeOutcome.TooLate;
            notes.Add(new GridNote(tick, 12, order.Constraints.Pitches.Nearest(random.Next(48, 84)), 64 + random.Next(40)));
        }
        BarsMade++;
        return ComposeOutcome.Complete;
    }

    public void Dispose() => Patterns?.Dispose();

    /// <summary>Not <see cref="HashCode"/>, whose values differ between processes.</summary>
    private int HashCodeOf(in BarOrder order)
    {
        var hash = 17L;
        foreach (var note in _heard)
            hash = (((((hash * 31) + note.OnsetTick) * 31) + note.Pitch) * 31) + note.DurationTicks;
        return unchecked((int)(((((hash * 31) + order.Seed) * 31) + order.BarIndex + (order.Draw * 7919L)) ^ (hash >> 32)));
    }
}
