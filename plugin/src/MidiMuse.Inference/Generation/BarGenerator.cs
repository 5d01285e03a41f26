using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;

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
    private readonly OnsetChoices _onsets = new();
    private readonly float[] _shaped = new float[NoteEventVocabulary.TimeShiftTargets];

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
        var next = Begin(session, request);
        var bar = new BarResult(BarStatus.Complete, 0, 0, 0, 0);
        var limit = Math.Min(notes.Length, request.Constraints.MaxNotesPerBar);
        var given = 0;
        while (true)
        {
            if (isTooLate?.Invoke() == true)
                return bar with { Status = BarStatus.Cancelled };

            var pending = request.Given[given..];
            var choice = DrawTime(session, request, next, pending, ref random);
            if (choice.Status == DrawStatus.BadLogits)
                return bar with { Status = BarStatus.BadLogits };
            if (pending.IsEmpty && choice.Outcome != TimeOutcome.Onset)
                return bar with
                {
                    Status = choice.Outcome == TimeOutcome.PieceEnds ? BarStatus.PieceEnded : BarStatus.Complete,
                    EndLogLikelihood = choice.LogLikelihood,
                };
            if (bar.NoteCount >= limit)
                return bar with { Status = BarStatus.NoteLimit };

            var isFull = bar.NoteCount + pending.Length >= limit;
            GridNote drawn;
            if (!pending.IsEmpty && (isFull || choice.Outcome != TimeOutcome.Onset))
                drawn = TakeGiven(session, pending[0]);
            else if (!TryDrawNote(session, request, next, pending, choice, ref random, ref bar, out drawn))
                return bar with { Status = BarStatus.BadLogits };
            if (!pending.IsEmpty && drawn == pending[0])
                given++;
            notes[bar.NoteCount] = drawn;
            bar = bar with { NoteCount = bar.NoteCount + 1 };
            next = After(next, drawn, request);
        }
    }

    private static GridNote TakeGiven(NoteEventSession session, in GridNote given)
    {
        session.Step(given);
        return given;
    }

    private static int Forced(DrawStatus status) => status == DrawStatus.Forced ? 1 : 0;

    private NextNote Begin(NoteEventSession session, in BarRequest request)
    {
        _sounding.Clear();
        foreach (ref readonly var note in request.Ringing)
            _sounding.Add(note);
        session.SkipSilence(request.StartTick, request.EndTick);
        foreach (var steering in request.Steering)
            steering.Begin(request.StartTick, request.EndTick);
        return new NextNote
        {
            StartTick = request.StartTick,
            EndTick = request.EndTick,
            LastOnsetTick = session.NoteCount > 0 ? session.PositionTick : long.MinValue,
            LastPitch = session.LastPitch,
        };
    }

    private NextNote After(in NextNote last, in GridNote note, in BarRequest request)
    {
        _sounding.Add(note);
        foreach (var steering in request.Steering)
            steering.Added(note);
        var joins = last.OnsetsInBar > 0 && note.OnsetTick == last.LastOnsetTick;
        return last with
        {
            LastOnsetTick = note.OnsetTick,
            LastPitch = note.Pitch,
            OnsetsInBar = last.OnsetsInBar + (joins ? 0 : 1),
            NotesAtOnset = joins ? last.NotesAtOnset + 1 : 1,
        };
    }

    private TimeChoice DrawTime(NoteEventSession session, in BarRequest request, in NextNote next, ReadOnlySpan<GridNote> pending, ref Xoshiro256 random)
    {
        _onsets.Find(session, request, next, _sounding, pending.IsEmpty ? long.MaxValue : pending[0].OnsetTick);
        // Silence up to the bar's end is certain where no time shift of the vocabulary is left.
        if (_onsets.Allowed.IsEmpty)
            return new TimeChoice(DrawStatus.Drawn, TimeOutcome.BarIsFull, 0, 0, 0);

        var logits = session.TimeLogits;
        var draw = _sampler.Draw(WeighOnsets(logits, request, next), _onsets.Allowed, request.Sampler.Time, ref random);
        if (!draw.Succeeded)
            return new TimeChoice(draw.Status, TimeOutcome.BarIsFull, 0, 0, 0);
        if (draw.Class == NoteEventVocabulary.TimeShiftEnd)
            return new TimeChoice(draw.Status, TimeOutcome.PieceEnds, 0, 0, Likelihood.LogProbability(logits, draw.Class, _onsets.Possible));

        var onset = _onsets.OnsetOf(draw.Class);
        return onset >= request.EndTick
            ? new TimeChoice(draw.Status, TimeOutcome.BarIsFull, draw.Class, onset, Likelihood.LogProbability(logits, _onsets.Beyond, _onsets.Possible))
            : new TimeChoice(draw.Status, TimeOutcome.Onset, draw.Class, onset, Likelihood.LogProbability(logits, draw.Class, _onsets.Possible));
    }

    private ReadOnlySpan<float> WeighOnsets(ReadOnlySpan<float> logits, in BarRequest request, in NextNote next)
    {
        if (request.Steering.IsEmpty)
            return logits;
        var shaped = Copy(logits);
        for (var timeShift = 0; timeShift < NoteEventVocabulary.TimeShiftValues; timeShift++)
        {
            if (!_onsets.Allowed.Contains(timeShift))
                continue;
            var nats = 0.0;
            foreach (var steering in request.Steering)
                nats += steering.OnsetNats(next, _onsets.OnsetOf(timeShift));
            shaped[timeShift] += (float)nats;
        }
        return shaped;
    }

    private bool TryDrawNote(
        NoteEventSession session,
        in BarRequest request,
        in NextNote before,
        ReadOnlySpan<GridNote> pending,
        in TimeChoice time,
        ref Xoshiro256 random,
        ref BarResult bar,
        out GridNote note)
    {
        note = default;
        var next = before with { OnsetTick = time.OnsetTick };
        var sampler = request.Sampler;

        var logits = session.PitchLogits(time.Class);
        var weighed = Weighed(logits, request, next, static (steering, note, shaped) => steering.WeighPitches(note, shaped));
        var pitch = _sampler.Draw(weighed, AllowedPitches(request, next, pending), sampler.Pitch, ref random);
        if (!pitch.Succeeded)
            return false;
        if (IsGiven(pending, time.OnsetTick, pitch.Class))
        {
            note = TakeGiven(session, pending[0]);
            return true;
        }
        next = next with { Pitch = pitch.Class };
        var nats = time.LogLikelihood + Likelihood.LogProbability(logits, pitch.Class, EveryPitch);

        var (shortest, longest) = DurationBounds(request, next, pending);
        logits = session.DurationLogits(pitch.Class);
        weighed = Weighed(logits, request, next, static (steering, note, shaped) => steering.WeighDurations(note, shaped));
        var duration = _sampler.Draw(weighed, DurationsWithin(shortest, longest), sampler.Duration, ref random);
        if (!duration.Succeeded)
            return false;
        nats += Likelihood.LogProbability(logits, duration.Class, EveryDuration);

        logits = session.VelocityLogits(duration.Class);
        weighed = Weighed(logits, request, next, static (steering, note, shaped) => steering.WeighVelocities(note, shaped));
        var velocity = _sampler.Draw(weighed, request.Constraints.Velocities, sampler.Velocity, ref random);
        if (!velocity.Succeeded)
            return false;
        nats += Likelihood.LogProbability(logits, velocity.Class, EveryVelocity);

        session.Step(time.Class, pitch.Class, duration.Class, velocity.Class);
        note = new GridNote(
            time.OnsetTick,
            (int)Math.Clamp(NoteEventVocabulary.DurationToTicks(duration.Class), shortest, longest),
            pitch.Class,
            NoteEventVocabulary.VelocityToMidi(velocity.Class));
        bar = bar with
        {
            NotesLogLikelihood = bar.NotesLogLikelihood + nats,
            ForcedDraws = bar.ForcedDraws + Forced(time.Status) + Forced(pitch.Status) + Forced(duration.Status) + Forced(velocity.Status),
        };
        return true;
    }

    private static bool IsGiven(ReadOnlySpan<GridNote> pending, long onsetTick, int pitch) =>
        !pending.IsEmpty && pending[0].OnsetTick == onsetTick && pending[0].Pitch == pitch;

    /// <summary>In the scale and range, silent, and within a chord above the note before: the order in which models read chords.</summary>
    private ClassMask AllowedPitches(in BarRequest request, in NextNote next, ReadOnlySpan<GridNote> pending)
    {
        var pitches = _sounding.Silent(request.Constraints.Pitches, next.OnsetTick);
        foreach (var steering in request.Steering)
            pitches = steering.LimitPitches(next, next.OnsetTick, pitches);
        if (next.JoinsChord)
            pitches &= ClassMask.Range(next.LastPitch + 1, NoteEventVocabulary.PitchTargets - 1);
        if (pending.IsEmpty || pending[0].OnsetTick != next.OnsetTick)
            return pitches;
        var isFull = _sounding.VoicesAt(next.OnsetTick) + GivenAt(pending, next.OnsetTick) >= request.Constraints.MaxPolyphony;
        pitches = isFull ? default : pitches & ClassMask.Range(0, pending[0].Pitch - 1);
        pitches.Add(pending[0].Pitch);
        return pitches;
    }

    /// <summary>
    /// A note ends where the bar lets it, where the same pitch is given again, and where given notes need its voice.
    /// </summary>
    private (long Shortest, long Longest) DurationBounds(in BarRequest request, in NextNote next, ReadOnlySpan<GridNote> pending)
    {
        var longest = request.EndTick + request.Constraints.MaxRingOverTicks - next.OnsetTick;
        for (var i = 0; i < pending.Length; i++)
        {
            var given = pending[i];
            if (given.OnsetTick == next.OnsetTick)
                continue;
            var needsVoice = _sounding.VoicesAt(given.OnsetTick) + 1 + GivenAt(pending[i..], given.OnsetTick) > request.Constraints.MaxPolyphony;
            if (given.Pitch == next.Pitch || needsVoice)
            {
                longest = Math.Min(longest, given.OnsetTick - next.OnsetTick);
                break;
            }
        }
        var shortest = 1L;
        foreach (var steering in request.Steering)
        {
            var (atLeast, atMost) = steering.Durations(next);
            shortest = Math.Max(shortest, atLeast);
            longest = Math.Min(longest, atMost);
        }
        longest = Math.Max(1, longest);
        return (Math.Min(shortest, longest), longest);
    }

    private static int GivenAt(ReadOnlySpan<GridNote> pending, long tick)
    {
        var count = 0;
        while (count < pending.Length && pending[count].OnsetTick == tick)
            count++;
        return count;
    }

    /// <summary>The classes of the durations within bounds, or the one nearest to them.</summary>
    private static ClassMask DurationsWithin(long shortest, long longest)
    {
        var last = NoteEventVocabulary.DurationTargets - 1;
        while (last > 0 && NoteEventVocabulary.DurationToTicks(last) > longest)
            last--;
        var first = last;
        while (first > 0 && NoteEventVocabulary.DurationToTicks(first - 1) >= shortest)
            first--;
        return ClassMask.Range(first, last);
    }

    /// <summary>The logits with what the steering adds to an attribute; themselves where there is none.</summary>
    private ReadOnlySpan<float> Weighed(ReadOnlySpan<float> logits, in BarRequest request, in NextNote next, Weigh weigh)
    {
        if (request.Steering.IsEmpty)
            return logits;
        var shaped = Copy(logits);
        foreach (var steering in request.Steering)
            weigh(steering, next, shaped);
        return shaped;
    }

    private Span<float> Copy(ReadOnlySpan<float> logits)
    {
        var shaped = _shaped.AsSpan(0, logits.Length);
        logits.CopyTo(shaped);
        return shaped;
    }

    private enum TimeOutcome
    {
        Onset,
        BarIsFull,
        PieceEnds,
    }

    private delegate void Weigh(BarSteering steering, NextNote next, Span<float> logits);

    private readonly record struct TimeChoice(DrawStatus Status, TimeOutcome Outcome, int Class, long OnsetTick, double LogLikelihood);
}
