using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Patterns;

/// <summary>
/// Turns a decoder's logits into notes that keep to the constraints: pitches outside of them cannot be drawn, and where
/// a note more than the allowed voices begins, the note that has sounded longest ends. [engine] One per thread; it
/// allocates nothing.
/// </summary>
public sealed class PatternWriter
{
    private static readonly ClassMask EveryDuration = ClassMask.All(PatternVocabulary.Durations);

    private readonly Sampler _sampler = new();

    /// <param name="notes">Takes the notes, sorted by onset, then pitch. Its length limits them.</param>
    /// <returns>Number of notes, or -1 where the logits are no numbers.</returns>
    public int Write(in PatternLogits logits, in PatternRequest request, ref Xoshiro256 random, Span<GridNote> notes)
    {
        var limit = Math.Min(notes.Length, request.Constraints.MaxNotesPerBar);
        var written = 0;
        for (var step = request.FirstStep; step < PatternVocabulary.Steps; step++)
        {
            var tick = request.StartTick + PatternVocabulary.TickOfStep(step) - PatternVocabulary.TickOfStep(request.FirstStep);
            if (tick >= request.EndTick)
                break;
            var count = _sampler.Draw(logits.Count.Slice(step * PatternVocabulary.Counts, PatternVocabulary.Counts), ClassMask.All(PatternVocabulary.Counts), request.Draw, ref random);
            if (!count.Succeeded)
                return -1;
            var voices = Math.Min(Math.Min(count.Class, limit - written), Math.Max(1, request.Constraints.MaxPolyphony) - RingingAt(request.Ringing, tick));
            if (voices > 0 && !TryWriteStep(logits, request, step, tick, voices, ref random, notes, ref written))
                return -1;
        }
        return written;
    }

    private bool TryWriteStep(in PatternLogits logits, in PatternRequest request, int step, long tick, int voices, ref Xoshiro256 random, Span<GridNote> notes, ref int written)
    {
        var allowed = AllowedClasses(request, tick);
        var drawn = default(ClassMask); // classes, so that they come in ascending order
        for (var voice = 0; voice < voices && !allowed.IsEmpty; voice++)
        {
            var pitch = _sampler.Draw(logits.Pitch.Slice(step * PatternVocabulary.Pitches, PatternVocabulary.Pitches), allowed, request.Draw, ref random);
            if (!pitch.Succeeded)
                return false;
            drawn.Add(pitch.Class);
            allowed.Remove(pitch.Class);
        }

        var low = _sampler.Draw(logits.LowDuration.Slice(step * PatternVocabulary.Durations, PatternVocabulary.Durations), EveryDuration, request.Draw, ref random);
        var high = _sampler.Draw(logits.HighDuration.Slice(step * PatternVocabulary.Durations, PatternVocabulary.Durations), EveryDuration, request.Draw, ref random);
        if (!low.Succeeded || !high.Succeeded)
            return false;
        // The highest note's duration is learnt for the only note, too: a single note is a line's note.
        var (duration, next) = drawn.Count == 1 ? (high.Class, high.Class) : (low.Class, high.Class);
        var first = written;
        for (var pitch = 0; pitch < PatternVocabulary.Pitches; pitch++)
        {
            if (!drawn.Contains(pitch))
                continue;
            notes[written++] = Note(request, step, tick, pitch, duration);
            duration = next;
        }
        MakeRoom(request, tick, notes[..first], notes[first..written]);
        return true;
    }

    private static GridNote Note(in PatternRequest request, int step, long tick, int pitch, int duration)
    {
        var longest = request.EndTick + request.Constraints.MaxRingOverTicks - tick;
        var ticks = (int)Math.Clamp(PatternVocabulary.TicksOfDuration(duration), 1, longest);
        return new GridNote(tick, ticks, request.Frame.ToPitch(pitch), Velocity(request, step));
    }

    private static int Velocity(in PatternRequest request, int step)
    {
        int wanted = request.Velocities[step];
        var wantedClass = NoteEventVocabulary.VelocityFromMidi(wanted);
        var nearest = request.Constraints.Velocities.Nearest(wantedClass);
        return nearest == wantedClass || nearest < 0 ? wanted : NoteEventVocabulary.VelocityToMidi(nearest);
    }

    /// <summary>The classes whose pitch the constraints allow and nothing that rings occupies.</summary>
    private static ClassMask AllowedClasses(in PatternRequest request, long tick)
    {
        var classes = default(ClassMask);
        for (var pitch = 0; pitch < PatternVocabulary.Pitches; pitch++)
        {
            var midi = request.Frame.ToPitch(pitch);
            if (midi is >= 0 and <= 127 && request.Constraints.Pitches.Contains(midi))
                classes.Add(pitch);
        }
        foreach (ref readonly var note in request.Ringing)
        {
            var pitch = note.Pitch + request.Frame.Shift - PatternVocabulary.LowestPitch;
            if (note.OnsetTick < tick && note.EndTick > tick && pitch is >= 0 and < PatternVocabulary.Pitches)
                classes.Remove(pitch);
        }
        return classes;
    }

    private static int RingingAt(ReadOnlySpan<GridNote> ringing, long tick)
    {
        var count = 0;
        foreach (ref readonly var note in ringing)
            count += note.OnsetTick < tick && note.EndTick > tick ? 1 : 0;
        return count;
    }

    /// <summary>Ends earlier notes of the same pitches, and the oldest ones where there would be too many voices.</summary>
    private static void MakeRoom(in PatternRequest request, long tick, Span<GridNote> before, ReadOnlySpan<GridNote> begun)
    {
        foreach (ref readonly var note in begun)
        {
            foreach (ref var earlier in before)
            {
                if (earlier.Pitch == note.Pitch && earlier.EndTick > tick)
                    earlier = earlier with { DurationTicks = (int)(tick - earlier.OnsetTick) };
            }
        }
        var surplus = RingingAt(before, tick) + begun.Length + RingingAt(request.Ringing, tick) - Math.Max(1, request.Constraints.MaxPolyphony);
        foreach (ref var earlier in before)
        {
            if (surplus <= 0)
                break;
            if (earlier.EndTick <= tick)
                continue;
            earlier = earlier with { DurationTicks = (int)(tick - earlier.OnsetTick) };
            surplus--;
        }
    }
}
