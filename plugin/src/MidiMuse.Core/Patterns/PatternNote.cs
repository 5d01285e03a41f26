namespace MidiMuse.Core.Patterns;

/// <summary>A note of a pattern as classes of <see cref="PatternVocabulary"/>.</summary>
public readonly record struct PatternNote(byte Step, byte Pitch, byte Duration);
