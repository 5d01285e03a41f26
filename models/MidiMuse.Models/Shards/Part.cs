using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Shards;

/// <summary>What one player plays: a track, or both hands of a piano.</summary>
public sealed record Part(Role Role, IReadOnlyList<SourceNote> Notes, bool VelocityIsKnown)
{
    /// <summary>The parts of a piece; a left and a right hand that belong together become one part.</summary>
    public static IEnumerable<Part> Of(Piece piece)
    {
        for (var i = 0; i < piece.Tracks.Count; i++)
        {
            var track = piece.Tracks[i];
            if (i + 1 < piece.Tracks.Count && AreHandsOfOnePiano(track, piece.Tracks[i + 1]))
            {
                yield return Together(track, piece.Tracks[i + 1]);
                i++;
                continue;
            }
            yield return new Part(track.Role, track.Notes, track.VelocityIsKnown);
        }
    }

    /// <summary>The single hands of the pianos, for players who play with one.</summary>
    public static IEnumerable<Part> SingleHandsOf(Piece piece) =>
        piece.Tracks
            .Where(t => t.Role == Role.Piano && t.Hand != Hand.Unspecified)
            .Select(t => new Part(t.Role, t.Notes, t.VelocityIsKnown));

    private static bool AreHandsOfOnePiano(Track a, Track b) =>
        a.Role == Role.Piano && b.Role == Role.Piano && a.Name == b.Name
        && ((a.Hand == Hand.Left && b.Hand == Hand.Right) || (a.Hand == Hand.Right && b.Hand == Hand.Left));

    private static Part Together(Track a, Track b) => new(
        a.Role,
        [.. a.Notes.Concat(b.Notes).OrderBy(n => n.Onset).ThenBy(n => n.Pitch)],
        a.VelocityIsKnown || b.VelocityIsKnown);
}
