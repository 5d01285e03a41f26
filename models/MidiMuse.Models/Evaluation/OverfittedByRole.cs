using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>One <see cref="MemorisedContinuation"/> for each role, each of the first training phrases of every data set.</summary>
public sealed class OverfittedByRole : IContinuation
{
    private const int PhrasesOfRole = 40;

    private const int PiecesOfFile = 12;

    private const int Seed = 1;

    private readonly Dictionary<Role, MemorisedContinuation> _models;

    public OverfittedByRole(IReadOnlyList<Phrase> phrases) =>
        _models = phrases.GroupBy(p => p.Context.Role).ToDictionary(g => g.Key, g => new MemorisedContinuation(g.Take(PhrasesOfRole).Select(p => p.Notes)));

    public string Name => "overfitted Markov";

    /// <summary>Tier A, split train, as it stands in the source: a few pieces of each file.</summary>
    public static IReadOnlyList<Phrase> Phrases(CorpusFolder corpus)
    {
        var builder = new ShardBuilder(copies: 1, Seed);
        return [.. corpus.Files.SelectMany(f => CorpusFolder.Read(f, "train").Where(p => p.Tier == "A").Take(PiecesOfFile))
            .SelectMany(p => builder.Phrases(p with { Split = "valid" }).Select(entry => entry.Phrase))];
    }

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed) =>
        _models.TryGetValue(excerpt.Context.Role, out var model) ? model.Answer(excerpt, seed) : [];
}
