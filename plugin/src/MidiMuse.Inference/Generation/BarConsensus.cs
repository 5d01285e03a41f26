using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Generation;

/// <summary>
/// Draws a bar several times and keeps the take that has most in common with the others: of what a model might play, what
/// can be expected to agree most with whatever it plays (minimum Bayes risk decoding: Kumar and Byrne, 2004; with samples
/// as both candidates and judges: Eikema and Aziz, 2020). [engine]
/// </summary>
public sealed class BarConsensus(BarGenerator generator)
{
    public const int MostTakes = 16;

    private const int MostNotesOfBar = 256;

    /// <summary>Beyond the numbers of all other draws, so that takes meet neither candidates nor bars that were made anew.</summary>
    private const int DrawsOfTake = 1 << 26;

    private readonly GridNote[][] _takes = new GridNote[MostTakes][];
    private readonly BarResult[] _results = new BarResult[MostTakes];

    /// <summary>The session is left as it was: what was drawn counts as heard only once it is read.</summary>
    /// <param name="slot">A checkpoint of the session that may be overwritten.</param>
    /// <param name="draw">The seed, the number of the bar and of the draw, as for <see cref="Xoshiro256.ForBar"/>.</param>
    /// <param name="takes">1 to <see cref="MostTakes"/>. The first is what one take alone would be.</param>
    /// <param name="notes">Receives the notes.</param>
    /// <returns>The kept take's result, or that of the first take that is not a bar.</returns>
    public BarResult Generate(
        NoteEventSession session,
        int slot,
        in BarRequest request,
        (ulong Seed, int Bar, int Number) draw,
        int takes,
        Span<GridNote> notes,
        Func<bool>? isTooLate = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(takes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(takes, MostTakes);
        session.Save(slot);
        for (var take = 0; take < takes; take++)
        {
            var random = Xoshiro256.ForBar(draw.Seed, draw.Bar, draw.Number + (take * DrawsOfTake));
            _takes[take] ??= new GridNote[MostNotesOfBar];
            _results[take] = generator.Generate(session, request, ref random, _takes[take], isTooLate);
            session.Restore(slot);
            if (!_results[take].IsUsable)
                return _results[take];
        }
        var kept = MostAgreed(takes);
        Notes(kept).CopyTo(notes);
        return _results[kept];
    }

    /// <summary>The share of notes that two bars have in common, by onset and pitch: 0 to 1, of two rests 1.</summary>
    public static double Agreement(ReadOnlySpan<GridNote> a, ReadOnlySpan<GridNote> b)
    {
        if (a.IsEmpty && b.IsEmpty)
            return 1;
        var common = 0;
        foreach (var note in a)
        {
            foreach (var other in b)
            {
                if (note.OnsetTick == other.OnsetTick && note.Pitch == other.Pitch)
                {
                    common++;
                    break;
                }
            }
        }
        return 2.0 * common / (a.Length + b.Length);
    }

    /// <summary>Of equals, the first.</summary>
    private int MostAgreed(int takes)
    {
        var (kept, most) = (0, double.MinValue);
        for (var take = 0; take < takes; take++)
        {
            var sum = 0.0;
            for (var other = 0; other < takes; other++)
                sum += other == take ? 0 : Agreement(Notes(take), Notes(other));
            if (sum > most)
                (kept, most) = (take, sum);
        }
        return kept;
    }

    private ReadOnlySpan<GridNote> Notes(int take) => _takes[take].AsSpan(0, _results[take].NoteCount);
}
