using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Patterns;

/// <summary>A bar of the phrase that is to be filled from a pattern.</summary>
public readonly ref struct PatternBar
{
    /// <summary>Grid ticks of the phrase.</summary>
    public required long StartTick { get; init; }

    public required long EndTick { get; init; }

    /// <summary>Number of the bar in the answer.</summary>
    public required int Index { get; init; }

    public required int Seed { get; init; }

    /// <summary>0 is the answer that the seed gives; other numbers are other draws of the same bar.</summary>
    public int Draw { get; init; }

    public required NoteConstraints Constraints { get; init; }

    /// <summary>Notes of the phrase that may still sound at the bar's start.</summary>
    public ReadOnlySpan<GridNote> Ringing { get; init; }

    /// <param name="firstStep">First step of the pattern that is written into the bar.</param>
    /// <param name="velocities">Of each step. // [128]</param>
    internal PatternRequest RequestOf(int firstStep, PatternFrame frame, ReadOnlySpan<byte> velocities) => new()
    {
        FirstStep = firstStep,
        StartTick = StartTick,
        EndTick = EndTick,
        Frame = frame,
        Constraints = Constraints,
        Velocities = velocities,
        Ringing = Ringing,
    };
}
