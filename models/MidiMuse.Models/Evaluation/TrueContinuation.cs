using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>What really followed.</summary>
public sealed class TrueContinuation : IContinuation
{
    public string Name => "real continuation";

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed) => excerpt.Truth;
}
