using MidiMuse.Core.Events;

namespace MidiMuse.Inference.Models;

/// <summary>
/// Two sessions of a model read the same phrase, one told the conditions and one not, and what telling changes is
/// multiplied: logits = untold + guidance (told - untold), "classifier-free guidance" (Ho and Salimans, 2022; for sequences
/// of tokens Sanchez et al., "Stay on topic", 2023). A step costs two. Both are told the chords: models follow those by
/// themselves, and led further they play little but roots. [engine]
/// </summary>
public sealed class GuidedSession : NoteEventSession
{
    private const int MostEvents = 256;

    private readonly NoteEventSession _told;
    private readonly NoteEventSession _untold;
    private readonly ConditionRow[] _untoldRows = new ConditionRow[MostEvents];
    private readonly float[] _timeLogits = new float[NoteEventVocabulary.TimeShiftTargets];
    private readonly float[] _pitchLogits = new float[NoteEventVocabulary.PitchTargets];
    private readonly float[] _durationLogits = new float[NoteEventVocabulary.DurationTargets];
    private readonly float[] _velocityLogits = new float[NoteEventVocabulary.VelocityTargets];
    private readonly float _guidance;

    /// <param name="guidance">1 is the told session alone; more leans further.</param>
    public GuidedSession(INoteEventModel model, double guidance)
    {
        _told = model.CreateSession();
        _untold = model.CreateSession();
        _guidance = (float)guidance;
    }

    public override bool CanInfill => _told.CanInfill;

    protected internal override ReadOnlySpan<float> StateTimeLogits => Lead(_told.StateTimeLogits, _untold.StateTimeLogits, _timeLogits);

    protected internal override void ClearState()
    {
        _told.ClearState();
        _untold.ClearState();
    }

    protected internal override void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        for (var i = 0; i < events.Length; i++)
            _untoldRows[i] = default(ConditionRow) with { Chord = conditions[i].Chord, Segment = conditions[i].Segment };
        _told.Read(events, conditions);
        _untold.Read(events, _untoldRows.AsSpan(0, events.Length));
    }

    protected internal override ReadOnlySpan<float> RunPitchHead(int timeShift, int position, int barPhase, int chord) =>
        Lead(_told.RunPitchHead(timeShift, position, barPhase, chord), _untold.RunPitchHead(timeShift, position, barPhase, chord), _pitchLogits);

    protected internal override ReadOnlySpan<float> RunDurationHead(int pitch) => Lead(_told.RunDurationHead(pitch), _untold.RunDurationHead(pitch), _durationLogits);

    protected internal override ReadOnlySpan<float> RunVelocityHead(int duration) => Lead(_told.RunVelocityHead(duration), _untold.RunVelocityHead(duration), _velocityLogits);

    protected internal override void SaveState(int slot)
    {
        _told.SaveState(slot);
        _untold.SaveState(slot);
    }

    protected internal override void RestoreState(int slot)
    {
        _told.RestoreState(slot);
        _untold.RestoreState(slot);
    }

    protected override void Dispose(bool disposing)
    {
        _told.Dispose();
        _untold.Dispose();
    }

    private float[] Lead(ReadOnlySpan<float> told, ReadOnlySpan<float> untold, float[] logits)
    {
        for (var i = 0; i < logits.Length; i++)
            logits[i] = untold[i] + (_guidance * (told[i] - untold[i]));
        return logits;
    }
}
