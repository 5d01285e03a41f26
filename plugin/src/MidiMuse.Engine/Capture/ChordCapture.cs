using MidiMuse.Core.Harmony;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Capture;

/// <summary>Takes the progression that was played, such as a chord track, for the chord lane. Pure.</summary>
public static class ChordCapture
{
    /// <summary>What fits into a text setting.</summary>
    public const int MostBars = 64;

    /// <summary>A bar for each bar that was played, two chords where two were; null without notes, and for drums.</summary>
    public static ChordLane? Of(Motif motif)
    {
        if (motif.Notes.IsEmpty || motif.Channel == MotifCharacter.DrumChannel)
            return null;
        var part = HeardPart.Of(motif);
        var ticks = Math.Min(part.HeardTicks, (long)MostBars * motif.Meter.BarTicks);
        return ChordFinder.FindHalves(part.Notes, ticks, motif.Meter, KeyFinder.Find(part.Notes)?.Key);
    }
}
