using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>Something that continues a prime.</summary>
public interface IContinuation
{
    string Name { get; }

    /// <summary>The notes from <see cref="Excerpt.PrimeTicks"/> on, before <see cref="Excerpt.EndTick"/>; ticks as in the excerpt.</summary>
    IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed);
}
