namespace MidiMuse.Engine.Answers;

/// <summary>A note on the host's timeline.</summary>
/// <param name="Channel">0..15.</param>
/// <param name="Velocity">1..127.</param>
public readonly record struct TimelineNote(double OnsetPpq, double EndPpq, byte Channel, byte Pitch, byte Velocity);
