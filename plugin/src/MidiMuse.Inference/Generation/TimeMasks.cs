using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Generation;

/// <summary>Sets of time shifts for the next draw within a bar.</summary>
/// <param name="Possible">Not before the bar's start: what can still happen, given what was decided before.</param>
/// <param name="Allowed">Those of them that the constraints permit, and those that leave the bar.</param>
/// <param name="Beyond">Those that leave the bar, the piece's end included where that may be drawn.</param>
internal readonly record struct TimeMasks(ClassMask Possible, ClassMask Allowed, ClassMask Beyond)
{
    public static TimeMasks Of(NoteEventSession session, in BarRequest request, SoundingNotes sounding)
    {
        var position = session.PositionTick;
        var firstFree = sounding.FirstFreeTick(request.Constraints.Pitches, request.Constraints.MaxPolyphony, position);
        var (possible, allowed, beyond) = (default(ClassMask), default(ClassMask), default(ClassMask));
        for (var timeShift = 0; timeShift < NoteEventVocabulary.TimeShiftValues; timeShift++)
        {
            var onset = position + NoteEventVocabulary.TimeShiftToTicks(timeShift);
            if (onset < request.StartTick)
                continue;
            possible.Add(timeShift);
            if (onset >= request.EndTick)
                beyond.Add(timeShift);
            if (onset >= request.EndTick || onset >= firstFree)
                allowed.Add(timeShift);
        }
        if (allowed.Contains(0) && position < request.EndTick && !ChordCanGrow(session, request, sounding))
            allowed.Remove(0);
        if (request.BeginsOnItsLine && position < request.StartTick && OnsetAt(position, request.StartTick) is { } onTheLine && allowed.Contains(onTheLine))
            return new TimeMasks(possible, ClassMask.Range(onTheLine, onTheLine), beyond);
        if (request.MayEnd)
        {
            possible.Add(NoteEventVocabulary.TimeShiftEnd);
            allowed.Add(NoteEventVocabulary.TimeShiftEnd);
            beyond.Add(NoteEventVocabulary.TimeShiftEnd);
        }
        return new TimeMasks(possible, allowed, beyond);
    }

    /// <summary>The time shift from one tick to exactly another, where the vocabulary has it.</summary>
    private static int? OnsetAt(long position, long tick)
    {
        var timeShift = NoteEventVocabulary.TimeShiftFromTicks(tick - position);
        return position + NoteEventVocabulary.TimeShiftToTicks(timeShift) == tick ? timeShift : null;
    }

    /// <summary>Whether a pitch above the last one is left for the same onset.</summary>
    private static bool ChordCanGrow(NoteEventSession session, in BarRequest request, SoundingNotes sounding)
    {
        var above = ClassMask.Range(session.LastPitch + 1, NoteEventVocabulary.PitchTargets - 1);
        return !sounding.Silent(request.Constraints.Pitches & above, session.PositionTick).IsEmpty;
    }
}
