using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Patterns;

/// <summary>The part of a pattern that becomes notes, mostly one bar, and what the notes must keep to.</summary>
public readonly ref struct PatternRequest
{
    /// <summary>First step of the pattern that is written.</summary>
    public required int FirstStep { get; init; }

    /// <summary>Grid tick of the phrase at which that step begins.</summary>
    public required long StartTick { get; init; }

    /// <summary>Grid tick of the phrase at which what is written ends; no note begins here or later.</summary>
    public required long EndTick { get; init; }

    /// <summary>Where the pattern's pitches lie in the phrase.</summary>
    public required PatternFrame Frame { get; init; }

    public required NoteConstraints Constraints { get; init; }

    /// <summary>MIDI velocity of a note on each step of the pattern. // [128]</summary>
    public required ReadOnlySpan<byte> Velocities { get; init; }

    /// <summary>Notes of the phrase that may still sound; they count as voices and are not struck again.</summary>
    public ReadOnlySpan<GridNote> Ringing { get; init; }

    /// <summary>How counts, pitches and durations are drawn; temperature 0 takes the likeliest.</summary>
    public DrawSettings Draw { get; init; } = new(0, 1);

    public PatternRequest()
    {
    }
}
