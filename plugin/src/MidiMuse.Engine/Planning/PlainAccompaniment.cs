using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Rhythm;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// A bar of accompaniment that needs no model, as a beginner would play it: the bass on roots and fifths, chords held
/// from strong beat to strong beat, drums that keep the beat. It sounds only where the model is missing or late.
/// </summary>
public static class PlainAccompaniment
{
    private const int Kick = 36;
    private const int Snare = 38;
    private const int ClosedHat = 42;

    /// <summary>Notes of a chord.</summary>
    private const int Voices = 3;

    private static readonly Chord CMajor = Chord.Of(0, ChordQuality.Major);

    /// <param name="notes">Receives the bar's notes in order; cleared first. Limits are applied afterwards.</param>
    public static void Fill(in BarSituation bar, List<GridNote> notes)
    {
        notes.Clear();
        if (bar.Character.Role == Role.Drums)
            AddBeat(bar, notes);
        else
            AddHarmony(bar, notes);
        notes.Sort(static (a, b) => (a.OnsetTick, a.Pitch).CompareTo((b.OnsetTick, b.Pitch)));
    }

    private static void AddBeat(in BarSituation bar, List<GridNote> notes)
    {
        var beatTicks = MetricalLevel.BeatTicks(bar.Meter);
        var hatTicks = bar.Meter.Denominator >= 8 ? beatTicks : Math.Max(1, beatTicks / 2);
        var length = bar.EndTick - bar.StartTick;
        for (var tick = 0L; tick < length; tick += hatTicks)
            notes.Add(new GridNote(bar.StartTick + tick, hatTicks, ClosedHat, VelocityOf(bar)));
        for (var tick = 0L; tick < length; tick += beatTicks)
        {
            var drum = MetricalLevel.At(bar.Meter, tick) switch
            {
                MetricalLevel.BarLine => Kick,
                MetricalLevel.StrongBeat => bar.Meter.Denominator == 4 ? Kick : Snare,
                MetricalLevel.Beat => Snare,
                _ => 0,
            };
            if (drum != 0)
                notes.Add(new GridNote(bar.StartTick + tick, beatTicks, drum, VelocityOf(bar)));
        }
    }

    private static void AddHarmony(in BarSituation bar, List<GridNote> notes)
    {
        var strongTicks = MetricalLevel.StrongBeatTicks(bar.Meter);
        Chord? before = null;
        for (var tick = bar.StartTick; tick < bar.EndTick; tick += strongTicks)
        {
            var chord = ChordAt(bar, tick);
            // A little shorter than its place: rounded up to a class of durations it would keep its voice from the next bar.
            var length = (int)Math.Max(1, Math.Min(strongTicks, bar.EndTick - tick) - (MetricalLevel.BeatTicks(bar.Meter) / 2));
            if (bar.Character.Role is Role.Chords or Role.Piano)
                AddChord(bar, chord, tick, length, notes);
            else
                AddNote(bar, chord == before ? FifthOf(chord) : chord.Bass, tick, length, notes);
            before = chord;
        }
    }

    private static void AddChord(in BarSituation bar, Chord chord, long tick, int length, List<GridNote> notes)
    {
        var allowed = bar.Character.Constraints.Pitches;
        var pitch = MiddleOf(bar) - (Voices * 2);
        var added = 0;
        for (; added < Voices && pitch < 128; pitch++)
        {
            if (pitch < 0 || !chord.Contains(pitch) || !allowed.Contains(pitch))
                continue;
            notes.Add(new GridNote(tick, length, pitch, VelocityOf(bar)));
            added++;
        }
        if (added == 0)
            AddNote(bar, chord.Root, tick, length, notes); // no tone of the chord is in the scale that was fixed
    }

    /// <summary>The octave nearest to the middle of what may sound.</summary>
    private static void AddNote(in BarSituation bar, int pitchClass, long tick, int length, List<GridNote> notes)
    {
        var middle = MiddleOf(bar);
        var above = (((pitchClass - middle) % 12) + 12) % 12;
        notes.Add(new GridNote(tick, length, middle + (above > 6 ? above - 12 : above), VelocityOf(bar)));
    }

    private static Chord ChordAt(in BarSituation bar, long tick)
    {
        if (bar.Character.Chords?.At(bar.Meter, tick - bar.Motif.AnchorTick) is { IsNone: false } chord)
            return chord;
        return bar.Character.Key is { } key ? Chord.Of(key.TonicPitchClass, key.Mode == Mode.Major ? ChordQuality.Major : ChordQuality.Minor) : CMajor;
    }

    private static int FifthOf(Chord chord)
    {
        for (var semitones = 7; semitones > 5; semitones--)
        {
            if (chord.Contains(chord.Root + semitones))
                return (chord.Root + semitones) % 12;
        }
        return chord.Root;
    }

    private static int MiddleOf(in BarSituation bar)
    {
        var (sum, count) = (0, 0);
        for (var pitch = 0; pitch < 128; pitch++)
        {
            if (!bar.Character.Constraints.Pitches.Contains(pitch))
                continue;
            sum += pitch;
            count++;
        }
        return count == 0 ? 60 : sum / count;
    }

    private static int VelocityOf(in BarSituation bar)
    {
        var sum = 0;
        foreach (var note in bar.Motif.Notes)
            sum += note.Velocity;
        return bar.Motif.Notes.IsEmpty ? 80 : sum / bar.Motif.Notes.Length;
    }
}
