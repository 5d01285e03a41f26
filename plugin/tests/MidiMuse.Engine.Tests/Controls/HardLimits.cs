using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Rhythm;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>Oracle: the limits as plugin/docs/CONTROLS.md states them, checked note by note from the settings alone.</summary>
internal static class HardLimits
{
    private static readonly int[] KickAndSnare = [35, 36, 37, 38, 39, 40];

    public static void AssertHold(Answer answer)
    {
        for (var i = 0; i < answer.Notes.Length; i++)
            AssertNote(answer, i);
        if (answer.Settings.Keep == KeptAspect.Rhythm)
            AssertRhythm(answer);
        if (answer.Settings.DrumLock == DrumLock.KickAndSnare && answer.Character.Role == Role.Drums && answer.Settings.Voices is null)
            AssertKicks(answer);
        if (answer.Settings.Ending == Ending.Cadence)
            AssertNothingAfterTheCadence(answer);
    }

    private static void AssertNote(Answer answer, int index)
    {
        var note = answer.Notes[index];
        var settings = answer.Settings;
        var inBar = note.OnsetTick % answer.BarTicks;
        True(note.OnsetTick >= 0 && note.OnsetTick < (long)answer.Bars * answer.BarTicks, "within the answer");
        if (index > 0)
            True((note.OnsetTick, note.Pitch).CompareTo((answer.Notes[index - 1].OnsetTick, answer.Notes[index - 1].Pitch)) > 0, "in order");
        var sounding = answer.Notes.Take(index).Where(other => other.EndTick > note.OnsetTick).ToArray();
        True(sounding.All(other => other.Pitch != note.Pitch), "not struck while it sounds");
        if (settings.Voices is { } voices)
            True(sounding.Length < voices, $"at most {voices} voices");
        if (settings.GridTicks > 0)
            True(inBar % settings.GridTicks == 0, "on the grid");
        if (settings.Softest is { } softest && settings.Loudest is { } loudest)
            True(NoteEventVocabulary.VelocityFromMidi(note.Velocity) >= NoteEventVocabulary.VelocityFromMidi(Math.Min(softest, loudest))
                && NoteEventVocabulary.VelocityFromMidi(note.Velocity) <= NoteEventVocabulary.VelocityFromMidi(Math.Max(softest, loudest)), "within the velocities");
        if (answer.Character.Role != Role.Drums)
            AssertPitch(answer, note, inBar);

        void True(bool condition, string what) => Assert.True(condition, $"{note} is not {what}; {answer}");
    }

    private static void AssertPitch(Answer answer, GridNote note, long inBar)
    {
        var settings = answer.Settings;
        var scale = settings.FixedScale is { } chosen && answer.Character.Key is { } key ? chosen.PitchClassesOn(key.TonicPitchClass) : 0xFFF;
        Assert.True((scale & (1 << (note.Pitch % 12))) != 0, $"{note} is outside of the scale; {answer}");
        if (settings is { LowNote: { } low, HighNote: { } high })
        {
            var (lowest, highest) = (Math.Min(low, high), Math.Max(low, high));
            var hasPitch = Enumerable.Range(lowest, highest - lowest + 1).Any(pitch => answer.Character.Constraints.Pitches.Contains(pitch));
            Assert.True(!hasPitch || (note.Pitch >= lowest && note.Pitch <= highest), $"{note} is out of range; {answer}");
        }
        if (answer.Character.Chords is { } lane && settings.ChordTones >= 1 && MetricalLevel.IsStrong(answer.Meter, inBar) && lane.At(answer.Meter, note.OnsetTick) is { IsNone: false } chord)
            Assert.True(chord.Contains(note.Pitch), $"{note} is no tone of {chord}; {answer}");
    }

    private static void AssertRhythm(Answer answer)
    {
        var motif = answer.Motif.ToGrid();
        var length = (long)answer.Motif.Bars * answer.BarTicks;
        foreach (var note in answer.Notes)
            Assert.True(motif.Any(other => other.OnsetTick == note.OnsetTick % length), $"{note} is not in the motif's rhythm; {answer}");
    }

    private static void AssertKicks(Answer answer)
    {
        var length = (long)answer.Motif.Bars * answer.BarTicks;
        var allowed = answer.Character.Constraints.Pitches;
        var wanted = Enumerable.Range(0, answer.Bars / answer.Motif.Bars)
            .SelectMany(pass => answer.Motif.ToGrid().Where(note => KickAndSnare.Contains(note.Pitch) && allowed.Contains(note.Pitch)).Select(note => (note.OnsetTick + (pass * length), note.Pitch)))
            .Where(hit => answer.Settings.GridTicks == 0 || hit.Item1 % answer.BarTicks % answer.Settings.GridTicks == 0);
        Assert.Equal(wanted, answer.Notes.Where(note => KickAndSnare.Contains(note.Pitch)).Select(note => (note.OnsetTick, note.Pitch)));
    }

    private static void AssertNothingAfterTheCadence(Answer answer)
    {
        var strong = MetricalLevel.StrongBeatTicks(answer.Meter);
        var final = ((answer.Bars - 1) * answer.BarTicks) + ((answer.BarTicks - 1) / strong * strong);
        var isKept = answer.Settings.DrumLock != DrumLock.Off && answer.Character.Role == Role.Drums;
        Assert.True(isKept || answer.Notes.All(note => note.OnsetTick <= final), answer.ToString());
    }
}
