using MidiMuse.Core.Notes;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Steering;

/// <summary>
/// One control over the notes of a bar, for any model. Limits are never broken: they take classes away before the
/// draw. Weights are nats added to the logits: +1 makes a class e times as likely against the others, at temperature
/// 1. A class overrides what it needs; an object serves one bar at a time. [engine]
/// </summary>
public abstract class BarSteering
{
    /// <summary>Whether notes that were made in another way (a motif's variation, a decoded pattern) are moved to suit it. Not where it is about their relation to the motif, which they bring along.</summary>
    public virtual bool SuitsFinishedNotes => true;

    /// <summary>Before the first draw of a bar.</summary>
    public virtual void Begin(long startTick, long endTick)
    {
    }

    /// <summary>Limit: whether a note may begin at a tick of the bar.</summary>
    public virtual bool MayBegin(long tick) => true;

    /// <summary>Limit: the next note begins here at the latest, where a note can begin here at all.</summary>
    public virtual long LatestOnset(in NextNote coming) => long.MaxValue;

    /// <summary>Limit: how many notes may begin at a tick.</summary>
    public virtual int MostNotesAt(long tick) => int.MaxValue;

    /// <summary>Limit: the pitches that may begin at a tick. No note begins where none is left.</summary>
    /// <param name="coming">Its onset may be unknown still; <paramref name="tick"/> counts.</param>
    public virtual ClassMask LimitPitches(in NextNote coming, long tick, in ClassMask pitches) => pitches;

    /// <summary>Limit: bounds of the duration in ticks; equal bounds are kept to the tick.</summary>
    public virtual (int Shortest, int Longest) Durations(in NextNote coming) => (1, int.MaxValue);

    /// <summary>Weight: nats for an onset; a tick at or after the bar's end means that nothing more begins in the bar.</summary>
    public virtual double OnsetNats(in NextNote coming, long tick) => 0;

    /// <summary>Weight: adds nats to the pitches. // logits [128] f32</summary>
    public virtual void WeighPitches(in NextNote coming, Span<float> logits)
    {
    }

    /// <summary>Weight: adds nats to the durations. // logits [72] f32</summary>
    public virtual void WeighDurations(in NextNote coming, Span<float> logits)
    {
    }

    /// <summary>Weight: adds nats to the velocities. // logits [32] f32</summary>
    public virtual void WeighVelocities(in NextNote coming, Span<float> logits)
    {
    }

    /// <summary>A note of the bar has been decided.</summary>
    public virtual void Added(in GridNote note)
    {
    }
}
