using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Corpus;

public enum Hand
{
    Unspecified = 0,
    Left = 1,
    Right = 2,
}

/// <summary>A note in source ticks.</summary>
public readonly record struct SourceNote(long Onset, int Duration, int Pitch, int Velocity);

/// <summary>One line or part of a piece.</summary>
/// <param name="Program">General MIDI program 0..127, or -1 where there is none (drums).</param>
/// <param name="Notes">Sorted by onset, then pitch.</param>
public sealed record Track(Role Role, Hand Hand, int Program, string Name, IReadOnlyList<SourceNote> Notes)
{
    /// <summary>False where every note has the same velocity: the source then says nothing about dynamics.</summary>
    public bool VelocityIsKnown { get; } = Notes.Any(n => n.Velocity != Notes[0].Velocity);

    public long EndTick { get; } = Notes.Count == 0 ? 0 : Notes.Max(n => n.Onset + n.Duration);
}
