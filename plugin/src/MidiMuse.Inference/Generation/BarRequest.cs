using MidiMuse.Core.Notes;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Inference.Generation;

/// <summary>One bar that is to be filled.</summary>
public readonly ref struct BarRequest
{
    /// <summary>Grid ticks from the phrase's start; the first tick on which a note may begin.</summary>
    public required long StartTick { get; init; }

    /// <summary>Grid ticks from the phrase's start; no note begins here or later.</summary>
    public required long EndTick { get; init; }

    public required SamplerSettings Sampler { get; init; }

    public NoteConstraints Constraints { get; init; } = NoteConstraints.None;

    /// <summary>
    /// Notes of the phrase that may still sound in the bar, in any order; those that do not are ignored. A pitch is
    /// not struck again before it has ended, and they count as voices.
    /// </summary>
    public ReadOnlySpan<GridNote> Ringing { get; init; }

    /// <summary>What steers the bar; later ones see what earlier ones left.</summary>
    public ReadOnlySpan<BarSteering> Steering { get; init; }

    /// <summary>
    /// Notes of the bar that are decided already, sorted by onset, then pitch: they appear in the result as they are,
    /// and the others are drawn around them. Different pitches at one tick, no pitch struck again before its end.
    /// </summary>
    public ReadOnlySpan<GridNote> Given { get; init; }

    /// <summary>
    /// The first note begins exactly on the bar's line, where the vocabulary has a time shift to it (it has every one
    /// up to a whole note). An answer that begins with a rest sounds late.
    /// </summary>
    public bool BeginsOnItsLine { get; init; }

    /// <summary>Whether the model may end the piece.</summary>
    public bool MayEnd { get; init; }

    public BarRequest()
    {
    }
}
