using MidiMuse.Core.Harmony;

namespace MidiMuse.Models.Corpus;

/// <summary>A chord from a source tick on. Null: not known.</summary>
public readonly record struct ChordChange(long Tick, Chord? Chord);
