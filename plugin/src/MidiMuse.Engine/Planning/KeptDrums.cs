using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// The drum lock: some instruments of the General MIDI percussion map (General MIDI 1, 1991, key 35 on) keep the
/// motif's pattern, hit by hit, and the others are drawn around them.
/// </summary>
public static class KeptDrums
{
    private static readonly int[] KickAndSnare = [35, 36, 37, 38, 39, 40];
    private static readonly int[] Cymbals = [42, 44, 46, 49, 51, 52, 53, 55, 57, 59];
    private static readonly int[] Toms = [41, 43, 45, 47, 48, 50];

    /// <summary>The motif's hits that the bar keeps; adds what keeps others from the same instruments.</summary>
    public static GridNote[] Of(in BarSituation bar, List<BarSteering> steering)
    {
        if (bar.Settings.DrumLock == DrumLock.Off || bar.Character.Role != Role.Drums)
            return [];
        var kept = PitchesOf(bar.Settings.DrumLock);
        steering.Add(new PitchExclusion(ClassMask.All(NoteEventVocabulary.PitchTargets).Without(kept)));
        var notes = new List<GridNote>();
        bar.Motif.CopyTo(bar.StartTick, bar.EndTick, notes);
        var allowed = bar.Character.Constraints.Pitches;
        notes.RemoveAll(note => !kept.Contains(note.Pitch) || !allowed.Contains(note.Pitch));
        RemoveWhatTheGridForbids(bar, notes);
        var hits = WithinVoices(WithoutOverlaps(notes, bar.EndTick), bar.Character.Constraints.MaxPolyphony);
        var velocities = bar.Character.Constraints.Velocities;
        return [.. hits.Select(hit => WithinVelocities(hit, velocities))];
    }

    private static ClassMask PitchesOf(DrumLock drumLock)
    {
        if (drumLock == DrumLock.AllButToms)
            return ClassMask.All(NoteEventVocabulary.PitchTargets).Without(SetOf(Toms));
        return SetOf(drumLock == DrumLock.KickAndSnare ? KickAndSnare : Cymbals);
    }

    private static ClassMask SetOf(int[] pitches)
    {
        var set = default(ClassMask);
        foreach (var pitch in pitches)
            set.Add(pitch);
        return set;
    }

    private static void RemoveWhatTheGridForbids(BarSituation bar, List<GridNote> notes)
    {
        if (bar.Settings.GridTicks > 0)
            notes.RemoveAll(note => (note.OnsetTick - bar.StartTick) % bar.Settings.GridTicks != 0);
    }

    /// <summary>The pattern is kept hit by hit, but as loud as the player wants it.</summary>
    private static GridNote WithinVelocities(GridNote hit, ClassMask allowed)
    {
        var velocity = NoteEventVocabulary.VelocityFromMidi(hit.Velocity);
        return allowed.Contains(velocity) ? hit : hit with { Velocity = NoteEventVocabulary.VelocityToMidi(allowed.Nearest(velocity)) };
    }

    /// <summary>A hit ends with its bar, and where its instrument is hit again.</summary>
    private static List<GridNote> WithoutOverlaps(List<GridNote> notes, long endTick)
    {
        for (var i = 0; i < notes.Count; i++)
        {
            var end = Math.Min(notes[i].EndTick, endTick);
            for (var j = i + 1; j < notes.Count; j++)
            {
                if (notes[j].Pitch == notes[i].Pitch)
                    end = Math.Min(end, notes[j].OnsetTick);
            }
            notes[i] = notes[i] with { DurationTicks = (int)Math.Max(1, end - notes[i].OnsetTick) };
        }
        return notes;
    }

    /// <summary>Of the hits that sound at once only as many as there are voices, the lowest first: the kick stays.</summary>
    private static IEnumerable<GridNote> WithinVoices(List<GridNote> notes, int maxPolyphony)
    {
        for (var i = 0; i < notes.Count; i++)
        {
            var sounding = 0;
            for (var j = 0; j < i; j++)
                sounding += notes[j].EndTick > notes[i].OnsetTick ? 1 : 0;
            if (sounding < maxPolyphony)
                yield return notes[i];
        }
    }
}
