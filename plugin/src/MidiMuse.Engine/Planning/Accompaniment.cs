using System.Collections.Immutable;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Engine.Planning;

/// <summary>What an accompaniment takes from the part that is being played. Pure.</summary>
public static class Accompaniment
{
    /// <summary>Chords of the part are looked for this far back: a form of 32 bars, twice.</summary>
    private const int BarsLookedBack = 64;

    /// <summary>The progression is told this far beyond what was heard.</summary>
    private const int BarsForetold = 64;

    /// <summary>What goes with a part where the player has not chosen.</summary>
    public static Role RoleTo(Role played) => played == Role.Bass ? Role.Chords : Role.Bass;

    /// <summary>
    /// A channel of its own, so that the player's notes and these do not end each other: one above the player's, drums
    /// on General MIDI's channel 10.
    /// </summary>
    /// <param name="played">Channel of the part, 0..15.</param>
    public static byte ChannelFor(Role role, byte played)
    {
        if (role == Role.Drums)
            return MotifCharacter.DrumChannel;
        var next = (byte)((played + 1) % 16);
        return next == MotifCharacter.DrumChannel ? (byte)(next + 1) : next;
    }

    /// <summary>
    /// The chords that were heard and those that will probably follow, from the accompaniment's first bar on; null
    /// where there is nothing to hear chords in.
    /// </summary>
    /// <param name="motifBars">Bars of the part before the accompaniment.</param>
    public static ChordLane? ChordsOf(HeardPart part, Meter meter, int motifBars, Key? key)
    {
        var heard = ChordFinder.FindBars(part.Notes, part.HeardTicks, meter, key, halves: true);
        var first = Math.Max(0, heard.Length - BarsLookedBack);
        var bars = ChordForecast.Continue(heard.AsSpan(first), heard.Length - first + BarsForetold);
        if (bars.Length == 0)
            return null;
        var fromAnswer = new ImmutableArray<Chord>[bars.Length];
        for (var i = 0; i < bars.Length; i++)
            fromAnswer[(((first + i - motifBars) % bars.Length) + bars.Length) % bars.Length] = bars[i];
        return new ChordLane(fromAnswer);
    }
}
