using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>The music that models are evaluated on: a split and tier of a corpus, of each role a draw that is always the same.</summary>
public sealed class HeldOutSet
{
    private const int Seed = 1;

    /// <summary>Tier and split under which <see cref="ShardBuilder"/> gives phrases as they stand in the source.</summary>
    private const string PlainTier = "A";
    private const string PlainSplit = "valid";

    private readonly Dictionary<Role, IReadOnlyList<HeldOutPhrase>> _phrases = [];
    private readonly Dictionary<Role, IReadOnlyList<Excerpt>> _long = [];

    private HeldOutSet()
    {
    }

    /// <summary>Phrases by role.</summary>
    public IReadOnlyDictionary<Role, IReadOnlyList<HeldOutPhrase>> Phrases => _phrases;

    /// <summary>Four bars and the four that follow, of each piece once at most, by role; roles without any are left out.</summary>
    public IEnumerable<(Role Role, IReadOnlyList<Excerpt> Excerpts)> Excerpts => _phrases
        .Select(role => (role.Key, (IReadOnlyList<Excerpt>)[.. Excerpt.Choose(role.Value, Seed)]))
        .Where(role => role.Item2.Count > 0);

    /// <summary>Beginnings of pieces of at least <see cref="CoherenceReport.Bars"/> bars, by role.</summary>
    public IReadOnlyDictionary<Role, IReadOnlyList<Excerpt>> LongExcerpts => _long;

    /// <param name="tier">A, B, or all.</param>
    /// <param name="mostOfRole">Phrases of each role at most.</param>
    /// <param name="mostLong">Long excerpts of each role at most.</param>
    /// <exception cref="ArgumentException">The corpus has no such music.</exception>
    public static HeldOutSet Read(CorpusFolder corpus, string split, string tier, int mostOfRole, int mostLong)
    {
        var set = new HeldOutSet();
        var builder = new ShardBuilder(copies: 1, Seed);
        var phrases = new List<HeldOutPhrase>();
        var excerpts = new List<Excerpt>();
        foreach (var piece in corpus.Files.SelectMany(f => CorpusFolder.Read(f, split)).Where(p => tier == "all" || p.Tier == tier))
        {
            phrases.AddRange(builder.Phrases(piece with { Tier = PlainTier, Split = PlainSplit }).Select(p => new HeldOutPhrase(NameOf(piece), p.Phrase)));
            if (mostLong > 0)
                excerpts.AddRange(LongExcerptsOf(piece));
        }
        if (phrases.Count == 0)
            throw new ArgumentException($"The corpus has no music of split '{split}' and tier '{tier}'.", nameof(split));
        var random = new Random(Seed);
        foreach (var role in phrases.GroupBy(p => p.Phrase.Context.Role).OrderBy(g => g.Key))
            set._phrases.Add(role.Key, Draw(role, mostOfRole, random));
        foreach (var role in excerpts.GroupBy(e => e.Context.Role).OrderBy(g => g.Key))
            set._long.Add(role.Key, Draw(role, mostLong, random));
        return set;
    }

    private static T[] Draw<T>(IEnumerable<T> source, int most, Random random)
    {
        var all = source.ToArray();
        random.Shuffle(all);
        return all[..Math.Min(most, all.Length)];
    }

    private static string NameOf(Piece piece) => $"{piece.Dataset}/{piece.Id}";

    /// <summary>The first part of each role, where it has enough bars in the piece's first meter.</summary>
    private static IEnumerable<Excerpt> LongExcerptsOf(Piece piece)
    {
        if (MeterStretch.Of(piece).FirstOrDefault() is not { Meter.Numerator: > 0 } stretch)
            yield break;
        var cutter = new PhraseCutter(Segment.MostNotes);
        foreach (var part in Part.Of(piece).DistinctBy(p => p.Role))
        {
            var notes = PhraseCutter.OnGrid(part.Notes, stretch);
            if (notes.Count == 0 || cutter.Cut(piece, part, Segment.MostNotes).FirstOrDefault() is not { } phrase)
                continue;
            if (Excerpt.FirstBars(NameOf(piece), phrase, notes, CoherenceReport.Bars) is { } excerpt)
                yield return excerpt;
        }
    }
}
