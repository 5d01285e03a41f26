using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Tests.Support;

/// <summary>A session without a model: its logits are what a test says they are. It remembers only how many events it has read.</summary>
internal sealed class ScriptedSession : NoteEventSession
{
    private readonly long[] _saved = new long[SlotCount];

    private long _read;

    public float[] Time { get; } = new float[NoteEventVocabulary.TimeShiftTargets];

    public float[] Pitch { get; } = new float[NoteEventVocabulary.PitchTargets];

    public float[] Duration { get; } = new float[NoteEventVocabulary.DurationTargets];

    public float[] Velocity { get; } = new float[NoteEventVocabulary.VelocityTargets];

    /// <summary>Called before each event is read.</summary>
    public Action<long> OnRead { get; set; } = _ => { };

    protected internal override ReadOnlySpan<float> StateTimeLogits => Time;

    /// <summary>Logits that leave only some classes.</summary>
    public static void Only(float[] logits, params int[] classes)
    {
        Array.Fill(logits, float.NegativeInfinity);
        foreach (var i in classes)
            logits[i] = 0;
    }

    protected internal override void ClearState() => _read = 0;

    protected internal override void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        foreach (var _ in events)
            OnRead(_read++);
    }

    protected internal override ReadOnlySpan<float> RunPitchHead(int timeShift, int position, int barPhase, int chord) => Pitch;

    protected internal override ReadOnlySpan<float> RunDurationHead(int pitch) => Duration;

    protected internal override ReadOnlySpan<float> RunVelocityHead(int duration) => Velocity;

    protected internal override void SaveState(int slot) => _saved[slot] = _read;

    protected internal override void RestoreState(int slot) => _read = _saved[slot];

    protected override void Dispose(bool disposing)
    {
    }
}
