using System.Collections.Immutable;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// How a bar's notes are played: articulation, then groove. Notes stay within their bar, in their order, and within
/// the velocities that the constraints permit.
/// </summary>
public static class BarPerformance
{
    /// <summary>At full staccato a note keeps a quarter of its length.</summary>
    private const double StaccatoShare = 0.75;

    /// <summary>Shortest note that staccato leaves: a 32nd.</summary>
    private const double ShortestPpq = 0.125;

    /// <summary>Laid back at full amount: 0.04 quarters late, 20 ms at 120 bpm.</summary>
    private const double LaidBackPpq = 0.04;

    /// <summary>Bars are cut at their lines; a note that would begin on the next one stays before it.</summary>
    private const double BeforeBarLinePpq = 1.0 / 96;

    /// <param name="notes">Sorted, in phrase ticks.</param>
    /// <param name="given">Those of them that have been played before: they stay as they are.</param>
    /// <param name="phraseStartPpq">Project ppq of tick 0.</param>
    public static ImmutableArray<TimelineNote> Of(List<GridNote> notes, ReadOnlySpan<GridNote> given, in BarSituation bar, Groove groove, double phraseStartPpq, byte channel)
    {
        var played = ImmutableArray.CreateBuilder<TimelineNote>(notes.Count);
        for (var i = 0; i < notes.Count; i++)
        {
            var note = PhraseGrid.ToTimeline(notes[i], phraseStartPpq, channel);
            if (given.Contains(notes[i]))
            {
                played.Add(note);
                continue;
            }
            note = Articulate(note, phraseStartPpq + GridTime.ToPpq(NextOnset(notes, i, bar.EndTick)), bar);
            played.Add(Place(note, notes[i].OnsetTick, bar, groove, phraseStartPpq));
        }
        if (bar.Settings.Groove != GrooveKind.Straight)
            EndBeforeNext(played, notes);
        return played.DrainToImmutable();
    }

    private static long NextOnset(List<GridNote> notes, int index, long endTick)
    {
        for (var i = index + 1; i < notes.Count; i++)
        {
            if (notes[i].OnsetTick > notes[index].OnsetTick)
                return notes[i].OnsetTick;
        }
        return endTick;
    }

    private static TimelineNote Articulate(TimelineNote note, double nextPpq, in BarSituation bar)
    {
        var amount = bar.Settings.Articulation;
        if (amount > 0)
            return note with { EndPpq = Math.Max(note.EndPpq, note.EndPpq + (amount * (nextPpq - note.EndPpq))) };
        var isFinal = bar is { BarsLeft: 1, Settings.Ending: Ending.Cadence } && nextPpq - note.OnsetPpq >= 1;
        if (amount == 0 || isFinal)
            return note;
        var lengthPpq = note.EndPpq - note.OnsetPpq;
        return note with { EndPpq = note.OnsetPpq + Math.Min(lengthPpq, Math.Max(ShortestPpq, lengthPpq * (1 + (StaccatoShare * amount)))) };
    }

    private static TimelineNote Place(TimelineNote note, long tick, in BarSituation bar, Groove groove, double phraseStartPpq)
    {
        var settings = bar.Settings;
        if (settings.Groove == GrooveKind.Straight)
            return note;
        var inBar = tick - bar.StartTick;
        var shiftPpq = ShiftPpq(inBar, bar, groove) * settings.GrooveAmount;
        var firstPpq = phraseStartPpq + GridTime.ToPpq(bar.StartTick);
        var lastPpq = phraseStartPpq + GridTime.ToPpq(bar.EndTick) - BeforeBarLinePpq;
        var onsetPpq = Math.Clamp(note.OnsetPpq + shiftPpq, firstPpq, Math.Max(firstPpq, lastPpq));
        var velocity = note.Velocity;
        if (settings.Groove == GrooveKind.Motif)
            velocity = Louder(note.Velocity, 1 + (settings.GrooveAmount * (groove.Loudness(bar.Meter, inBar) - 1)), bar);
        return note with { OnsetPpq = onsetPpq, EndPpq = Math.Max(onsetPpq + BeforeBarLinePpq, note.EndPpq), Velocity = velocity };
    }

    /// <summary>At full amount, in quarters.</summary>
    private static double ShiftPpq(long tickInBar, in BarSituation bar, Groove groove) => bar.Settings.Groove switch
    {
        GrooveKind.Motif => groove.ShiftPpq(bar.Meter, tickInBar),
        GrooveKind.SwingEighths => (Swing.Move(tickInBar, GridTime.TicksPerQuarter, 1) - tickInBar) / GridTime.TicksPerQuarter,
        GrooveKind.SwingSixteenths => (Swing.Move(tickInBar, GridTime.TicksPerQuarter / 2, 1) - tickInBar) / GridTime.TicksPerQuarter,
        GrooveKind.LaidBack => LaidBackPpq,
        _ => 0,
    };

    private static byte Louder(byte velocity, double factor, in BarSituation bar)
    {
        var wanted = (int)Math.Clamp(Math.Round(velocity * factor), 1, 127);
        return bar.Character.Constraints.Velocities.Contains(NoteEventVocabulary.VelocityFromMidi(wanted)) ? (byte)wanted : velocity;
    }

    /// <summary>Notes that did not overlap on the grid do not overlap after they were moved.</summary>
    private static void EndBeforeNext(ImmutableArray<TimelineNote>.Builder played, List<GridNote> notes)
    {
        for (var i = 0; i < notes.Count; i++)
        {
            for (var j = i + 1; j < notes.Count; j++)
            {
                if (notes[j].OnsetTick >= notes[i].EndTick && notes[j].OnsetTick > notes[i].OnsetTick && played[i].EndPpq > played[j].OnsetPpq)
                    played[i] = played[i] with { EndPpq = Math.Max(played[i].OnsetPpq, played[j].OnsetPpq) };
            }
        }
    }
}
