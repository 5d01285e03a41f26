using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Inference.Generation;

/// <summary>
/// Where the next note of a bar may begin: the time shifts, and the tick that each of them stands for. [engine]
/// </summary>
/// <remarks>
/// Time shifts beyond a whole note are classes of 6 or 12 ticks. Where one of the ticks that round to such a class is
/// the bar line on which the bar must begin, or the only one that a grid permits, the class stands for that tick.
/// </remarks>
internal sealed class OnsetChoices
{
    /// <summary>Time shifts up to here are exact.</summary>
    private const int ExactTicks = 96;

    /// <summary>Half of the widest class.</summary>
    private const int WidestHalfTicks = 6;

    private readonly long[] _onsets = new long[NoteEventVocabulary.TimeShiftValues];

    /// <summary>Time shifts not before the bar's start: what can still happen, given what was decided before.</summary>
    public ClassMask Possible { get; private set; }

    /// <summary>Those of them that the limits permit.</summary>
    public ClassMask Allowed { get; private set; }

    /// <summary>Those that leave the bar, the piece's end included where that may be drawn.</summary>
    public ClassMask Beyond { get; private set; }

    public long OnsetOf(int timeShift) => _onsets[timeShift];

    /// <param name="givenTick">Onset of the next given note, or long.MaxValue: nothing begins later before it has begun.</param>
    public void Find(NoteEventSession session, in BarRequest request, in NextNote next, SoundingNotes sounding, long givenTick)
    {
        Locate(session.PositionTick, request, next);
        if (request.BeginsOnItsLine && next.OnsetsInBar == 0 && FirstOn(request.StartTick) is { } onTheLine
            && (givenTick == request.StartTick || CanBegin(request, next, sounding, request.StartTick)))
        {
            Allowed = ClassMask.Range(onTheLine, onTheLine);
            return;
        }
        var latest = givenTick;
        foreach (var steering in request.Steering)
            latest = Math.Min(latest, steering.LatestOnset(next));
        Allow(request, next, sounding, givenTick, latest);
        if (Allowed.IsEmpty && latest < givenTick)
            Allow(request, next, sounding, givenTick, givenTick);
        if (request.MayEnd && givenTick == long.MaxValue)
            AllowEnd();
    }

    /// <summary>Whether a note may begin at a tick: some pitch of those that may begin there is silent, and a voice is free.</summary>
    private static bool CanBegin(in BarRequest request, in NextNote next, SoundingNotes sounding, long tick)
    {
        var pitches = request.Constraints.Pitches;
        var most = int.MaxValue;
        foreach (var steering in request.Steering)
        {
            if (!steering.MayBegin(tick))
                return false;
            pitches = steering.LimitPitches(next, tick, pitches);
            most = Math.Min(most, steering.MostNotesAt(tick));
        }
        if (tick == next.LastOnsetTick)
            pitches &= ClassMask.Range(next.LastPitch + 1, NoteEventVocabulary.PitchTargets - 1);
        if (tick == next.LastOnsetTick && next.NotesAtOnset >= most)
            return false;
        return !sounding.Silent(pitches, tick).IsEmpty && sounding.VoicesAt(tick) < Math.Max(1, request.Constraints.MaxPolyphony);
    }

    private static bool MayBegin(in BarRequest request, long tick)
    {
        foreach (var steering in request.Steering)
        {
            if (!steering.MayBegin(tick))
                return false;
        }
        return true;
    }

    private void Locate(long position, in BarRequest request, in NextNote next)
    {
        var (possible, beyond) = (default(ClassMask), default(ClassMask));
        for (var timeShift = 0; timeShift < NoteEventVocabulary.TimeShiftValues; timeShift++)
        {
            var onset = TickOf(position, timeShift, request);
            _onsets[timeShift] = onset;
            if (onset < request.StartTick || onset < next.LastOnsetTick)
                continue;
            possible.Add(timeShift);
            if (onset >= request.EndTick)
                beyond.Add(timeShift);
        }
        (Possible, Beyond) = (possible, beyond);
    }

    private static long TickOf(long position, int timeShift, in BarRequest request)
    {
        var ticks = NoteEventVocabulary.TimeShiftToTicks(timeShift);
        var onset = position + ticks;
        if (ticks <= ExactTicks || onset < request.StartTick - WidestHalfTicks || onset >= request.EndTick + WidestHalfTicks)
            return onset;
        if (request.BeginsOnItsLine && NoteEventVocabulary.TimeShiftFromTicks(request.StartTick - position) == timeShift)
            return request.StartTick;
        if (request.Steering.IsEmpty)
            return onset;
        for (var distance = 0; distance <= WidestHalfTicks; distance++)
        {
            foreach (var tick in (ReadOnlySpan<long>)[onset - distance, onset + distance])
            {
                if (tick >= request.StartTick && tick < request.EndTick && NoteEventVocabulary.TimeShiftFromTicks(tick - position) == timeShift && MayBegin(request, tick))
                    return tick;
            }
        }
        return onset;
    }

    private int? FirstOn(long tick)
    {
        for (var timeShift = 0; timeShift < _onsets.Length; timeShift++)
        {
            if (_onsets[timeShift] == tick)
                return timeShift;
        }
        return null;
    }

    private void Allow(in BarRequest request, in NextNote next, SoundingNotes sounding, long givenTick, long latest)
    {
        var allowed = latest >= request.EndTick ? Beyond : default;
        for (var timeShift = 0; timeShift < _onsets.Length; timeShift++)
        {
            var onset = _onsets[timeShift];
            if (!Possible.Contains(timeShift) || onset >= request.EndTick || onset > latest)
                continue;
            if (onset == givenTick || CanBegin(request, next, sounding, onset))
                allowed.Add(timeShift);
        }
        Allowed = allowed;
    }

    private void AllowEnd()
    {
        var (possible, allowed, beyond) = (Possible, Allowed, Beyond);
        possible.Add(NoteEventVocabulary.TimeShiftEnd);
        allowed.Add(NoteEventVocabulary.TimeShiftEnd);
        beyond.Add(NoteEventVocabulary.TimeShiftEnd);
        (Possible, Allowed, Beyond) = (possible, allowed, beyond);
    }
}
