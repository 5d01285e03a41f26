namespace MidiMuse.Core.Audio;

/// <summary>The note values that onsets are moved to.</summary>
public enum OnsetGrid
{
    /// <summary>Whatever fits what was sung, triplets beat by beat.</summary>
    Auto = 0,
    Quarter = 1,
    Eighth = 2,
    EighthTriplet = 3,
    Sixteenth = 4,
    SixteenthTriplet = 6,

    /// <summary>As sung.</summary>
    Off = 100,
}
