using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Generation;

/// <summary>
/// A model without a network: it wants notes that are already known, one after the other, and of everything else
/// what is nearest to them. So the fallback goes through the same generator, and keeps to the same limits, as a
/// network does. Draw from it at temperature 0. [engine]
/// </summary>
public sealed class VariationSession : NoteEventSession
{
    /// <summary>Nats by which a class is less likely for each tick, semitone or class that it is off.</summary>
    private const float NatsOff = 1;

    private readonly float[] _time = new float[NoteEventVocabulary.TimeShiftTargets];
    private readonly float[] _pitch = new float[NoteEventVocabulary.PitchTargets];
    private readonly float[] _duration = new float[NoteEventVocabulary.DurationTargets];
    private readonly float[] _velocity = new float[NoteEventVocabulary.VelocityTargets];
    private readonly List<GridNote> _wanted = [];
    private long _endTick;
    private int _next;

    /// <summary>The note that the last one was drawn from; -1 where nothing was left to want.</summary>
    public int LastWanted { get; private set; }

    /// <summary>Begins a bar.</summary>
    /// <param name="last">The note before the bar, if there is one.</param>
    /// <param name="wanted">The bar's notes, sorted by onset, then pitch. Copied.</param>
    public void Begin(in PhraseContext context, GridNote? last, IReadOnlyList<GridNote> wanted, long endTick)
    {
        _wanted.Clear();
        Reset(context);
        if (last is { } note)
            Step(note);
        _wanted.AddRange(wanted);
        _endTick = endTick;
        _next = 0;
        LastWanted = -1;
    }

    protected internal override ReadOnlySpan<float> StateTimeLogits // logits [130] f32
    {
        get
        {
            var tick = Wanted?.OnsetTick ?? _endTick;
            for (var timeShift = 0; timeShift < NoteEventVocabulary.TimeShiftValues; timeShift++)
            {
                var onset = PositionTick + NoteEventVocabulary.TimeShiftToTicks(timeShift);
                _time[timeShift] = -NatsOff * (Wanted is null ? Math.Max(0, tick - onset) : Math.Abs(onset - tick));
            }
            _time[NoteEventVocabulary.TimeShiftEnd] = float.NegativeInfinity;
            return _time;
        }
    }

    protected internal override ReadOnlySpan<float> RunPitchHead(int timeShift, int position, int barPhase, int chord) =>
        Around(_pitch, Wanted?.Pitch ?? Math.Max(0, LastPitch));

    protected internal override ReadOnlySpan<float> RunDurationHead(int pitch) =>
        Around(_duration, NoteEventVocabulary.DurationFromTicks(Wanted?.DurationTicks ?? 1));

    protected internal override ReadOnlySpan<float> RunVelocityHead(int duration) =>
        Around(_velocity, NoteEventVocabulary.VelocityFromMidi(Wanted?.Velocity ?? 64));

    protected internal override void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        LastWanted = _next < _wanted.Count ? _next : -1;
        _next = Math.Min(_next + events.Length, _wanted.Count);
        while (_next < _wanted.Count && _wanted[_next].OnsetTick < PositionTick)
            _next++;
    }

    protected internal override void ClearState() => _next = 0;

    protected internal override void SaveState(int slot)
    {
    }

    protected internal override void RestoreState(int slot) =>
        throw new NotSupportedException("A variation is made from its beginning.");

    protected override void Dispose(bool disposing)
    {
    }

    private GridNote? Wanted => _next < _wanted.Count ? _wanted[_next] : null;

    private static float[] Around(float[] logits, int wanted)
    {
        for (var i = 0; i < logits.Length; i++)
            logits[i] = -NatsOff * Math.Abs(i - wanted);
        return logits;
    }
}
