using MidiMuse.Core.Events;
using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>
/// Four bars and the bars that follow, four for the task of MIREX "Patterns for Prediction". Tick 0 is the prime's first
/// bar line.
/// </summary>
/// <param name="Prime">Notes before <see cref="PrimeTicks"/>.</param>
/// <param name="Truth">Notes from there on, before <see cref="EndTick"/>.</param>
public sealed record Excerpt(string Piece, PhraseContext Context, IReadOnlyList<GridNote> Prime, IReadOnlyList<GridNote> Truth, bool VelocityIsKnown)
{
    public const int Bars = 4;

    /// <summary>Fewer notes are too few to be a motif, or to be compared with.</summary>
    private const int FewestNotes = 4;

    /// <summary>Bars of the answer.</summary>
    public int AnswerBars { get; init; } = Bars;

    /// <summary>The chords along prime and continuation; empty where they are not known.</summary>
    public ConditionLane Chords { get; init; } = ConditionLane.Empty;

    public int PrimeTicks => Bars * Context.Meter.BarTicks;

    /// <summary>Where the answer ends.</summary>
    public long EndTick => (Bars + AnswerBars) * (long)Context.Meter.BarTicks;

    /// <summary>MIREX cardinality scores of an answer. One of one note or none has no score of its own: it predicts nothing.</summary>
    public CardinalityScore Score(IReadOnlyList<GridNote> answer) => CardinalityScore.Of(Truth, answer) ?? default;

    /// <summary>At most one excerpt of each piece, from a random bar on.</summary>
    public static IEnumerable<Excerpt> Choose(IEnumerable<HeldOutPhrase> phrases, int seed)
    {
        var random = new Random(seed);
        foreach (var piece in phrases.GroupBy(p => p.Piece))
        {
            foreach (var phrase in piece)
            {
                if (TryDraw(phrase, random) is not { } excerpt)
                    continue;
                yield return excerpt;
                break;
            }
        }
    }

    /// <summary>So many bars from the bar of the first note on, four of them as the prime; null where there are not so many.</summary>
    /// <param name="phrase">The phrase with which the notes begin.</param>
    /// <param name="notes">Sorted by onset, then pitch; tick 0 is a bar line.</param>
    public static Excerpt? FirstBars(string piece, Phrase phrase, IReadOnlyList<GridNote> notes, int bars)
    {
        var barTicks = phrase.Context.Meter.BarTicks;
        var begin = notes[0].OnsetTick / barTicks * barTicks;
        if (notes[^1].OnsetTick < begin + ((bars - 1L) * barTicks))
            return null;
        var prime = Part(notes, begin, begin, Bars * barTicks);
        var truth = Part(notes, begin, begin + (Bars * barTicks), (bars - Bars) * barTicks);
        return prime.Count < FewestNotes ? null : new Excerpt(piece, phrase.Context, prime, truth, phrase.VelocityIsKnown) { AnswerBars = bars - Bars };
    }

    private static Excerpt? TryDraw(HeldOutPhrase phrase, Random random)
    {
        var notes = phrase.Phrase.Notes;
        var barTicks = phrase.Phrase.Context.Meter.BarTicks;
        var spareBars = (notes[^1].OnsetTick / barTicks) + 1 - (2 * Bars);
        if (spareBars < 0)
            return null;
        var begin = random.NextInt64(spareBars + 1) * barTicks;
        var prime = Part(notes, begin, begin, Bars * barTicks);
        var truth = Part(notes, begin, begin + (Bars * barTicks), Bars * barTicks);
        return prime.Count < FewestNotes || truth.Count < FewestNotes || prime[0].OnsetTick >= barTicks
            ? null
            : new Excerpt(phrase.Piece, phrase.Phrase.Context, prime, truth, phrase.Phrase.VelocityIsKnown) { Chords = ChordsFrom(phrase.Phrase, begin) };
    }

    private static ConditionLane ChordsFrom(Phrase phrase, long begin) => new(
        PhraseConditions.Of(phrase).Entries
            .Where(e => e.Conditions.Chord is not null)
            .Select(e => (e.Tick - begin, NoteConditions.NotGiven with { Chord = e.Conditions.Chord })));

    private static List<GridNote> Part(IReadOnlyList<GridNote> notes, long zero, long from, long ticks) =>
        [.. notes.Where(n => n.OnsetTick >= from && n.OnsetTick < from + ticks).Select(n => n with { OnsetTick = n.OnsetTick - zero })];
}
