using MidiMuse.Core.Patterns;

namespace MidiMuse.Inference.Patterns;

/// <summary>
/// Patterns to points of a space in which neighbours sound alike, and back. [engine] One per instance; no call allocates.
/// </summary>
public interface IMotifVariator : IDisposable
{
    /// <summary>Values of a quarter in the latent.</summary>
    int LatentOfQuarter { get; }

    /// <summary>Values of a whole latent, <see cref="PatternVocabulary.Quarters"/> quarters; zero in quarters that a pattern does not cover.</summary>
    int LatentLength { get; }

    /// <param name="notes">Sorted by step, then pitch.</param>
    /// <param name="latent">Receives the mean of the posterior. // [16, latent] f32</param>
    /// <exception cref="Models.ModelException">The runtime failed.</exception>
    void Encode(in PatternHeader header, ReadOnlySpan<PatternNote> notes, Span<float> latent);

    /// <param name="latent">[16, latent] f32</param>
    /// <exception cref="Models.ModelException">The runtime failed.</exception>
    PatternLogits Decode(in PatternHeader header, ReadOnlySpan<float> latent);
}
