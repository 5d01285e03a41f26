using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;

namespace MidiMuse.Models.Originality;

/// <summary>
/// Passages of one length, counted in notes of the highest line, each with the same length before it as its motif: what
/// an answer and its motif look like when a human writes both.
/// </summary>
public static class HumanPassages
{
    /// <summary>Of one part: long parts must not outweigh the others.</summary>
    private const int MostOfPart = 4;

    /// <param name="notes">Sorted by onset, then pitch.</param>
    public static IEnumerable<(Range Motif, Range Answer)> Of(GridNote[] notes, int length)
    {
        var line = new GridNote[notes.Length];
        var count = MusicalLine.Extract(notes, lowest: false, line);
        var pairs = count / (2 * length);
        var step = Math.Max(1, pairs / MostOfPart);
        for (var pair = 0; pair < pairs && pair / step < MostOfPart; pair += step)
        {
            var first = pair * 2 * length;
            yield return (At(first)..At(first + length), At(first + length)..At(first + (2 * length)));
        }

        // The first note that begins with the line's note of this number.
        int At(int lineNote) => lineNote >= count ? notes.Length : Array.FindIndex(notes, n => n.OnsetTick >= line[lineNote].OnsetTick);
    }
}
