using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>What really followed.</summary>
public sealed class TrueContinuation : IContinuation
{
    public const string Label = "real continuation";

    public string Name => Label;

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed) => excerpt.Truth;
}
