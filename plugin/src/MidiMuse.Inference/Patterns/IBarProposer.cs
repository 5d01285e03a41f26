using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Patterns;

/// <summary>Proposes a bar that may follow another one. [engine] One per instance; no call allocates.</summary>
public interface IBarProposer : IDisposable
{
    /// <summary>Whether bars of this length can be proposed.</summary>
    bool Covers(in PatternHeader bar);

    /// <param name="bar">Header of both bars.</param>
    /// <param name="previous">Notes of the bar before, sorted by step, then pitch.</param>
    /// <returns>The proposed bar from step 0 on, in the frame of the previous one.</returns>
    /// <exception cref="Models.ModelException">The runtime failed.</exception>
    PatternLogits Propose(in PatternHeader bar, ReadOnlySpan<PatternNote> previous, ref Xoshiro256 random);
}
