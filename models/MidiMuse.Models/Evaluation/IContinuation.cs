using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>Something that continues a prime for four bars.</summary>
public interface IContinuation
{
    string Name { get; }

    /// <summary>The notes from <see cref="Excerpt.PrimeTicks"/> on, before twice that; ticks as in the excerpt.</summary>
    IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed);
}
