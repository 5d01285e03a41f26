using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Shards;

/// <summary>Notes from a bar line on, in one meter and key: what one training segment holds.</summary>
/// <param name="Notes">Sorted by onset, then pitch; tick 0 is the bar line.</param>
/// <param name="EndsPiece">The piece is over after the last note.</param>
public sealed record Phrase(PhraseContext Context, IReadOnlyList<GridNote> Notes, bool VelocityIsKnown, bool EndsPiece)
{
    public PhraseSurroundings Surroundings { get; init; } = PhraseSurroundings.Unknown;
}
