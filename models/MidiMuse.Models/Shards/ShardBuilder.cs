using System.Text;
using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Shards;

/// <summary>
/// Chooses the phrases of the training and validation sets. Only tier A of the corpus is trained on; tier B goes
/// to a validation set of its own. The result depends on the corpus, the copies and the seed only.
/// </summary>
public sealed class ShardBuilder
{
    /// <summary>Tier A, split train, varied.</summary>
    public const string Train = "train";

    /// <summary>Tier A, split valid, as it stands in the source.</summary>
    public const string ValidA = "valid-a";

    /// <summary>Tier B, split valid: other music than the model was trained on.</summary>
    public const string ValidB = "valid-b";

    /// <summary>Of the copies of a piano part, this share is one hand alone.</summary>
    private const double SingleHandShare = 0.25;

    private readonly PhraseCutter _cutter = new(Segment.MostNotes);
    private readonly int _copies;
    private readonly int _seed;

    public ShardBuilder(int copies, int seed)
    {
        _copies = copies;
        _seed = seed;
    }

    /// <summary>The phrases of a piece with the set that each belongs to.</summary>
    public IEnumerable<(string Set, Phrase Phrase)> Phrases(Piece piece) => (piece.Tier, piece.Split) switch
    {
        ("A", "train") => TrainingPhrases(WithHarmony(piece)).Select(p => (Train, p)),
        ("A", "valid") => PlainPhrases(WithHarmony(piece)).Select(p => (ValidA, p)),
        ("B", "valid") => PlainPhrases(WithHarmony(piece)).Select(p => (ValidB, p)),
        _ => [],
    };

    private static Piece WithHarmony(Piece piece) => piece with { Chords = PieceHarmony.Of(piece) };

    private IEnumerable<Phrase> PlainPhrases(Piece piece) =>
        Part.Of(piece).SelectMany(part => _cutter.Cut(piece, part, Segment.MostNotes));

    private IEnumerable<Phrase> TrainingPhrases(Piece piece)
    {
        var random = new Random(Fnv1A($"{_seed} {piece.Dataset} {piece.Id}"));
        for (var copy = 0; copy < _copies; copy++)
        {
            foreach (var part in PartsOfCopy(piece, copy, random))
            {
                var firstMostNotes = copy == 0 ? Segment.MostNotes : random.Next(Segment.MostNotes / 4, Segment.MostNotes + 1);
                foreach (var phrase in _cutter.Cut(piece, part, firstMostNotes))
                    yield return Augmentation.Vary(phrase, random);
            }
        }
    }

    /// <summary>Inner voices (role other) outnumber everything else: they come once.</summary>
    private static IEnumerable<Part> PartsOfCopy(Piece piece, int copy, Random random)
    {
        var parts = Part.Of(piece);
        if (random.NextDouble() < SingleHandShare && Part.SingleHandsOf(piece).Any())
            parts = parts.Where(p => p.Role != Role.Piano).Concat(Part.SingleHandsOf(piece));
        return copy == 0 ? parts : parts.Where(p => p.Role != Role.Other);
    }

    /// <summary>A hash that is the same on every machine (Fowler, Noll, Vo; 32 bits, variant 1a).</summary>
    private static int Fnv1A(string text)
    {
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ value) * 16777619u);
        return unchecked((int)hash);
    }
}
