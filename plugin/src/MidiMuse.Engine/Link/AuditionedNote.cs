namespace MidiMuse.Engine.Link;

/// <summary>A note that the player points at, to be heard through the plugin's own sound.</summary>
/// <param name="Velocity">1..127.</param>
/// <param name="Channel">0..15.</param>
public readonly record struct AuditionedNote(byte Pitch, byte Velocity, byte Channel);
