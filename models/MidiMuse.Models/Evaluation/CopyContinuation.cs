using MidiMuse.Core.Baselines;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>The prime once more.</summary>
public sealed class CopyContinuation : IContinuation
{
    public string Name => "motif copy";

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed) =>
        [.. MotifCopy.Continue(excerpt.Prime, excerpt.PrimeTicks, 0, excerpt.PrimeTicks)
            .Select(n => n with { OnsetTick = n.OnsetTick + excerpt.PrimeTicks })];
}
