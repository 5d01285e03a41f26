using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>A phrase that no model has seen, and the piece that it comes from.</summary>
public sealed record HeldOutPhrase(string Piece, Phrase Phrase);
