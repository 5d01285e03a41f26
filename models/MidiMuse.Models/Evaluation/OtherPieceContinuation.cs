using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>What followed in another piece: the score that chance gives.</summary>
public sealed class OtherPieceContinuation(IReadOnlyList<Excerpt> excerpts) : IContinuation
{
    public const string Label = "another piece";

    public string Name => Label;

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed)
    {
        var others = excerpts.Where(e => e.Context.Role == excerpt.Context.Role && e.Piece != excerpt.Piece).ToList();
        if (others.Count == 0)
            return [];
        var other = others[new Random((int)(uint)seed).Next(others.Count)];
        return [.. other.Truth
            .Select(n => n with { OnsetTick = n.OnsetTick - other.PrimeTicks + excerpt.PrimeTicks })
            .Where(n => n.OnsetTick < excerpt.EndTick)];
    }
}
