using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Originality;

/// <summary>Makes the index of the training music: tier A, split train, all roles but drums.</summary>
public static class TrainingIndex
{
    /// <param name="progress">Called after each piece.</param>
    public static OriginalityIndexBuilder Collect(CorpusFolder corpus, Action<OriginalityIndexBuilder> progress)
    {
        var builder = new OriginalityIndexBuilder();
        foreach (var piece in Pieces(corpus, "train"))
        {
            builder.BeginPiece(TitleOf(piece));
            foreach (var part in Part.Of(piece).Where(p => p.Role != Role.Drums))
                builder.AddPart(GridPart.Of(part));
            progress(builder);
        }
        return builder;
    }

    /// <summary>The scale of an index: passages of held-out music, each with what stands before it as the motif.</summary>
    public static OriginalityScale Calibrate(OriginalityIndex index, CorpusFolder corpus, Action progress)
    {
        var scale = new OriginalityScale();
        var meter = new OriginalityMeter(index);
        foreach (var piece in Pieces(corpus, "valid"))
        {
            foreach (var part in Part.Of(piece).Where(p => p.Role != Role.Drums))
            {
                var notes = GridPart.Of(part);
                foreach (var length in OriginalityScale.Lengths)
                {
                    foreach (var (motif, answer) in HumanPassages.Of(notes, length))
                    {
                        scale.Add(part.Role, length, meter.Measure(part.Role, notes.AsSpan()[motif], notes.AsSpan()[answer]).LongestRun);
                    }
                }
            }
            progress();
        }
        return scale;
    }

    internal static IEnumerable<Piece> Pieces(CorpusFolder corpus, string split) =>
        corpus.Files.SelectMany(file => CorpusFolder.Read(file, split)).Where(piece => piece.Tier == "A" && piece.Tracks.Any(t => t.Role != Role.Drums));

    private static string TitleOf(Piece piece) => $"{(piece.Title.Length > 0 ? piece.Title : piece.Id)} ({piece.Dataset})";
}
