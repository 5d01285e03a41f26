using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Generation;

/// <summary>
/// Fills one bar, note by note, from a session that has read the phrase so far. [engine] One per thread; a bar
/// allocates nothing.
/// </summary>
/// <remarks>
/// A bar is full when the drawn time shift reaches its end. That shift is not kept: the next bar draws its own,
/// restricted to onsets that do not lie before its start. Given that the first draw crossed the bar line, both have
/// the same distribution, so the music is as continuous as if no bar lines were there, while every bar depends
/// only on the phrase before it, the seed and its own number (plugin/docs/decisions/bar-lines.md).
/// </remarks>
public sealed class BarGenerator
{
    private static readonly ClassMask EveryPitch = ClassMask.All(NoteEventVocabulary.PitchTargets);
    private static readonly ClassMask EveryDuration = ClassMask.All(NoteEventVocabulary.DurationTargets);
    private static readonly ClassMask EveryVelocity = ClassMask.All(NoteEventVocabulary.VelocityTargets);

    private readonly Sampler _sampler = new();
    private readonly SoundingNotes _sounding = new();
    private readonly float[] _pitchLogits = new float[NoteEventVocabulary.PitchTargets];

    /// <param name="session">Has read everything before the bar; afterwards it has read the bar's notes too.</param>
    /// <param name="random">The bar's own generator, <see cref="Xoshiro256.ForBar"/>.</param>
    /// <param name="notes">Takes the bar's notes, sorted by onset, then pitch. Its length limits them.</param>
    /// <param name="isTooLate">Asked before each note; true gives up, and the session is then somewhere within the bar.</param>
    /// <exception cref="ModelException">The runtime failed.</exception>
    public BarResult Generate(
        NoteEventSession session,
        in BarRequest request,
        ref Xoshiro256 random,
        Span<GridNote> notes,
        Func<bool>? isTooLate = null)
    {
        _sounding.Clear();
        foreach (ref readonly var note in request.Ringing)
            _sounding.Add(note);
        session.SkipSilence(request.StartTick, request.EndTick);

        var bar = new BarResult(BarStatus.Complete, 0, 0, 0, 0);
        var limit = Math.Min(notes.Length, request.Constraints.MaxNotesPerBar);
        var repeats = 0;
        while (true)
        {
            if (isTooLate?.Invoke() == true)
                return bar with { Status = BarStatus.Cancelled };

            var choice = DrawTime(session, request, ref random);
            if (choice.Status == DrawStatus.BadLogits)
                return bar with { Status = BarStatus.BadLogits };
            if (choice.Outcome != TimeOutcome.Onset)
                return bar with
                {
                    Status = choice.Outcome == TimeOutcome.PieceEnds ? BarStatus.PieceEnded : BarStatus.Complete,
                    EndLogLikelihood = choice.LogLikelihood,
                };
            if (bar.NoteCount >= limit)
                return bar with { Status = BarStatus.NoteLimit };

            var lastPitch = session.LastPitch;
            if (!TryDrawNote(session, request, choice, repeats, ref random, ref bar, out var drawn))
                return bar with { Status = BarStatus.BadLogits };
            repeats = drawn.Pitch == lastPitch ? repeats + 1 : 0;
            _sounding.Add(drawn);
            notes[bar.NoteCount] = drawn;
            bar = bar with { NoteCount = bar.NoteCount + 1 };
        }
    }

    private TimeChoice DrawTime(NoteEventSession session, in BarRequest request, ref Xoshiro256 random)
    {
        var masks = TimeMasks.Of(session, request, _sounding);
        // Silence up to the bar's end is certain where no time shift of the vocabulary is left.
        if (masks.Allowed.IsEmpty)
            return new TimeChoice(DrawStatus.Drawn, TimeOutcome.BarIsFull, 0, 0, 0);

        var logits = session.TimeLogits;
        var draw = _sampler.Draw(logits, masks.Allowed, request.Sampler.Time, ref random);
        if (!draw.Succeeded)
            return new TimeChoice(draw.Status, TimeOutcome.BarIsFull, 0, 0, 0);
        if (draw.Class == NoteEventVocabulary.TimeShiftEnd)
            return new TimeChoice(draw.Status, TimeOutcome.PieceEnds, 0, 0, Likelihood.LogProbability(logits, draw.Class, masks.Possible));

        var onset = session.PositionTick + NoteEventVocabulary.TimeShiftToTicks(draw.Class);
        return onset >= request.EndTick
            ? new TimeChoice(draw.Status, TimeOutcome.BarIsFull, draw.Class, onset, Likelihood.LogProbability(logits, masks.Beyond, masks.Possible))
            : new TimeChoice(draw.Status, TimeOutcome.Onset, draw.Class, onset, Likelihood.LogProbability(logits, draw.Class, masks.Possible));
    }

    private bool TryDrawNote(
        NoteEventSession session,
        in BarRequest request,
        in TimeChoice time,
        int repeats,
        ref Xoshiro256 random,
        ref BarResult bar,
        out GridNote note)
    {
        note = default;
        var sampler = request.Sampler;

        var logits = session.PitchLogits(time.Class);
        var penalized = Penalize(logits, session.LastPitch, sampler.RepetitionPenaltyNats * repeats);
        var pitch = _sampler.Draw(penalized, AllowedPitches(session, request, time.OnsetTick), sampler.Pitch, ref random);
        if (!pitch.Succeeded)
            return false;
        var nats = time.LogLikelihood + Likelihood.LogProbability(logits, pitch.Class, EveryPitch);

        logits = session.DurationLogits(pitch.Class);
        var duration = _sampler.Draw(logits, AllowedDurations(request, time.OnsetTick), sampler.Duration, ref random);
        if (!duration.Succeeded)
            return false;
        nats += Likelihood.LogProbability(logits, duration.Class, EveryDuration);

        logits = session.VelocityLogits(duration.Class);
        var velocity = _sampler.Draw(logits, request.Constraints.Velocities, sampler.Velocity, ref random);
        if (!velocity.Succeeded)
            return false;
        nats += Likelihood.LogProbability(logits, velocity.Class, EveryVelocity);

        session.Step(time.Class, pitch.Class, duration.Class, velocity.Class);
        note = new GridNote(
            time.OnsetTick,
            NoteEventVocabulary.DurationToTicks(duration.Class),
            pitch.Class,
            NoteEventVocabulary.VelocityToMidi(velocity.Class));
        bar = bar with
        {
            NotesLogLikelihood = bar.NotesLogLikelihood + nats,
            ForcedDraws = bar.ForcedDraws + Forced(time.Status) + Forced(pitch.Status) + Forced(duration.Status) + Forced(velocity.Status),
        };
        return true;
    }

    /// <summary>In the scale and range, silent, and within a chord above the note before: the order in which models read chords.</summary>
    private ClassMask AllowedPitches(NoteEventSession session, in BarRequest request, long onsetTick)
    {
        var pitches = _sounding.Silent(request.Constraints.Pitches, onsetTick);
        return onsetTick == session.PositionTick
            ? pitches & ClassMask.Range(session.LastPitch + 1, NoteEventVocabulary.PitchTargets - 1)
            : pitches;
    }

    private static ClassMask AllowedDurations(in BarRequest request, long onsetTick)
    {
        var longest = request.EndTick + request.Constraints.MaxRingOverTicks - onsetTick;
        var last = NoteEventVocabulary.DurationTargets - 1;
        while (last > 0 && NoteEventVocabulary.DurationToTicks(last) > longest)
            last--;
        return ClassMask.Range(0, last);
    }

    private ReadOnlySpan<float> Penalize(ReadOnlySpan<float> logits, int pitch, double nats)
    {
        if (pitch < 0 || !(nats > 0))
            return logits;
        logits.CopyTo(_pitchLogits);
        _pitchLogits[pitch] -= (float)nats;
        return _pitchLogits;
    }

    private static int Forced(DrawStatus status) => status == DrawStatus.Forced ? 1 : 0;

    private enum TimeOutcome
    {
        Onset,
        BarIsFull,
        PieceEnds,
    }

    private readonly record struct TimeChoice(DrawStatus Status, TimeOutcome Outcome, int Class, long OnsetTick, double LogLikelihood);
}
