using MidiMuse.Core.Baselines;
using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>Teaches the Markov baseline the same tier A training music that the networks are trained on.</summary>
public static class MarkovTraining
{
    private const int Seed = 1;

    /// <param name="mostNotesOfRole">Training stops for a role that has so many notes: the tables live in memory.</param>
    /// <param name="progress">Called after each piece with the notes so far.</param>
    public static MarkovModel Train(CorpusFolder corpus, long mostNotesOfRole, Action<long> progress)
    {
        var model = new MarkovModel();
        var builder = new ShardBuilder(copies: 2, Seed);
        var notes = new long[Enum.GetValues<Role>().Length];
        foreach (var piece in Interleaved(corpus))
        {
            foreach (var (_, phrase) in builder.Phrases(piece))
            {
                ref var ofRole = ref notes[(int)phrase.Context.Role];
                if (ofRole >= mostNotesOfRole)
                    continue;
                model.Learn(Segment.Events(phrase), phrase.EndsPiece);
                ofRole += phrase.Notes.Count;
            }
            progress(notes.Sum());
        }
        return model;
    }

    /// <summary>A piece of each data set in turn, so that a limit leaves none out.</summary>
    private static IEnumerable<Piece> Interleaved(CorpusFolder corpus)
    {
        var open = corpus.Files.Select(f => CorpusFolder.Read(f, "train").GetEnumerator()).ToList();
        while (open.Count > 0)
        {
            for (var i = open.Count - 1; i >= 0; i--)
            {
                if (open[i].MoveNext())
                {
                    yield return open[i].Current;
                    continue;
                }
                open[i].Dispose();
                open.RemoveAt(i);
            }
        }
    }
}
