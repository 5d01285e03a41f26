using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;

namespace MidiMuse.Inference.Steering;

/// <summary>Nats that <see cref="MotifCloseness"/> gives to what the motif has.</summary>
public readonly record struct ClosenessWeights(double Onset, double Pitch, double Interval, double Duration)
{
    /// <summary>
    /// The control fully turned, where the Transformer all but repeats. A tenth of it is what held-out continuations of four
    /// bars keep to their first four bars beyond what the Transformer expects: the weights under which they are likeliest
    /// (`midimuse-models closeness`). For the LSTM, which knows less of it by itself, it is a half. The control's default is
    /// none: a fifth already brings well-known tunes back note for note.
    /// </summary>
    private static readonly ClosenessWeights Most = new(1.8, 2.6, 1.8, 1.4);

    /// <summary>The weights of a value of the control. Small ones change most (plugin/docs/CONTROLS.md), so it turns them up by its square.</summary>
    /// <param name="control">-1 to 1; negative is away from the motif.</param>
    public static ClosenessWeights At(double control)
    {
        var share = control * Math.Abs(control);
        return new(Most.Onset * share, Most.Pitch * share, Most.Interval * share, Most.Duration * share);
    }
}

/// <summary>
/// Repetition against novelty: weights towards what the motif has at the corresponding place (its next onset, its
/// pitch, the interval from its note before, its duration), or with negative weights away from it.
/// </summary>
public sealed class MotifCloseness(MotifPattern motif, ClosenessWeights weights) : BarSteering
{
    private readonly List<GridNote> _notes = [];

    public override bool SuitsFinishedNotes => false;

    /// <summary>Looks back as far as the motif is long, for the interval to the bar's first note.</summary>
    public override void Begin(long startTick, long endTick) => motif.CopyTo(startTick - motif.LengthTicks, endTick, _notes);

    public override double OnsetNats(in NextNote coming, long tick)
    {
        var expected = ExpectedOnset(coming);
        var agrees = tick >= coming.EndTick ? expected >= coming.EndTick : tick == expected;
        return agrees ? weights.Onset : 0;
    }

    public override void WeighPitches(in NextNote coming, Span<float> logits)
    {
        var previous = -1;
        foreach (var note in _notes)
        {
            if (note.OnsetTick < coming.OnsetTick)
                previous = note.Pitch;
            if (note.OnsetTick != coming.OnsetTick || (coming.JoinsChord && note.Pitch <= coming.LastPitch))
                continue;
            logits[note.Pitch] += (float)weights.Pitch;
            var sameInterval = coming.LastPitch + note.Pitch - previous;
            if (previous >= 0 && coming.LastPitch >= 0 && !coming.JoinsChord && sameInterval >= 0 && sameInterval < logits.Length)
                logits[sameInterval] += (float)weights.Interval;
            // Chords are drawn upwards: with the second of their notes first, the lowest could not follow any more.
            if (weights.Pitch + weights.Interval > 0)
                return;
        }
    }

    public override void WeighDurations(in NextNote coming, Span<float> logits)
    {
        if (DurationAt(coming.OnsetTick, coming.Pitch) is { } ticks)
            logits[NoteEventVocabulary.DurationFromTicks(ticks)] += (float)weights.Duration;
    }

    /// <summary>That of the motif's note on the pitch, or else of its lowest.</summary>
    private int? DurationAt(long onsetTick, int pitch)
    {
        int? ofLowest = null;
        foreach (var note in _notes)
        {
            if (note.OnsetTick != onsetTick)
                continue;
            if (note.Pitch == pitch)
                return note.DurationTicks;
            ofLowest ??= note.DurationTicks;
        }
        return ofLowest;
    }

    /// <summary>Where the motif goes on: its next onset, or the same one while its chord has more notes; else the bar's end.</summary>
    private long ExpectedOnset(in NextNote coming)
    {
        var atLastOnset = 0;
        foreach (var note in _notes)
        {
            if (note.OnsetTick < coming.StartTick || note.OnsetTick < coming.LastOnsetTick)
                continue;
            if (note.OnsetTick == coming.LastOnsetTick && ++atLastOnset <= coming.NotesAtOnset)
                continue;
            return note.OnsetTick;
        }
        return coming.EndTick;
    }
}
