using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Engine.Planning;

/// <summary>The part that is accompanied, as far as it was heard. Immutable.</summary>
/// <param name="Notes">Ticks from the motif's start, sorted by onset, then pitch.</param>
/// <param name="HeardTicks">How far it was heard; nobody knows what comes after.</param>
public sealed record HeardPart(GridNote[] Notes, long HeardTicks)
{
    /// <summary>Of a part that is over: up to the end of the bar of its last note.</summary>
    public static HeardPart Of(Motif motif)
    {
        var lastPpq = motif.Notes.IsEmpty ? motif.EndPpq : Math.Max(motif.EndPpq, motif.Notes[^1].OnsetPpq + GridTime.ToPpq(1));
        var bars = Math.Ceiling((lastPpq - motif.StartPpq) / motif.Meter.BarPpq);
        return Of(motif, motif.StartPpq + (bars * motif.Meter.BarPpq));
    }

    /// <param name="motif">Its notes may go on after its end, where the accompaniment begins.</param>
    public static HeardPart Of(Motif motif, double heardUntilPpq) =>
        new(PhraseGrid.Quantise(motif.Notes.AsSpan(), motif.StartPpq, heardUntilPpq), GridTime.ToTick(heardUntilPpq - motif.StartPpq));
}
