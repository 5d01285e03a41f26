using MidiMuse.Core.Baselines;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>The prime again and again.</summary>
public sealed class CopyContinuation : IContinuation
{
    public const string Label = "motif copy";

    public string Name => Label;

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed) =>
        [.. MotifCopy.Continue(excerpt.Prime, excerpt.PrimeTicks, 0, excerpt.EndTick - excerpt.PrimeTicks)
            .Select(n => n with { OnsetTick = n.OnsetTick + excerpt.PrimeTicks })];
}
