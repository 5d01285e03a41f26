using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>The phrases that models are evaluated on.</summary>
public static class HeldOutSet
{
    private const int Seed = 1;

    /// <summary>Phrases of a tier's valid pieces, for each role a random choice of at most <paramref name="mostOfRole"/>.</summary>
    /// <param name="tier">A or B.</param>
    /// <exception cref="ArgumentException">Another tier.</exception>
    public static IReadOnlyDictionary<Role, IReadOnlyList<HeldOutPhrase>> Read(CorpusFolder corpus, string tier, int mostOfRole)
    {
        var set = tier switch
        {
            "A" => ShardBuilder.ValidA,
            "B" => ShardBuilder.ValidB,
            _ => throw new ArgumentException($"'{tier}' is not a tier that is evaluated on: A and B are.", nameof(tier)),
        };
        var builder = new ShardBuilder(copies: 1, Seed);
        var phrases =
            from file in corpus.Files
            from piece in CorpusFolder.Read(file, "valid")
            from entry in builder.Phrases(piece)
            where entry.Set == set
            select new HeldOutPhrase($"{piece.Dataset}/{piece.Id}", entry.Phrase);
        var random = new Random(Seed);
        return phrases
            .GroupBy(p => p.Phrase.Context.Role)
            .OrderBy(g => g.Key)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<HeldOutPhrase>)Choose(g, mostOfRole, random));
    }

    private static HeldOutPhrase[] Choose(IEnumerable<HeldOutPhrase> phrases, int most, Random random)
    {
        var all = phrases.ToArray();
        random.Shuffle(all);
        return all[..Math.Min(most, all.Length)];
    }
}
