namespace MidiMuse.Core.Audio;

/// <summary>Where a note is and where it was moved to. Quarter notes.</summary>
/// <param name="Confidence">0..1: that this grid position and none beside it was meant.</param>
public readonly record struct GridNoteTiming(double OnsetPpq, double EndPpq, double Confidence);
