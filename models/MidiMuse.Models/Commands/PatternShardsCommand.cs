using System.CommandLine;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Patterns;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Commands;

/// <summary>pattern-shards: the corpus as windows of some bars, for the VAE and the GAN.</summary>
public static class PatternShardsCommand
{
    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of the *.smc.gz files.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder that receives the shards.", Required = true };
        var command = new Command("pattern-shards", "Writes training and validation shards of patterns.") { corpus, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(corpus), parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(string corpus, string output)
    {
        var folder = new CorpusFolder(corpus);
        var progress = new ProgressLine();
        var pieces = 0;
        using var writer = new PatternShardWriter(output);
        foreach (var file in folder.Files)
        {
            foreach (var piece in CorpusFolder.Read(file, "train").Concat(CorpusFolder.Read(file, "valid")))
            {
                if (SetOf(piece) is not { } set)
                    continue;
                foreach (var window in Part.Of(piece).SelectMany(part => PatternCutter.Cut(piece, part)))
                    writer.Add(set, window);
                progress.Show($"{Path.GetFileName(file)}: {++pieces} pieces, {writer.Windows:N0} windows");
            }
        }
        writer.WriteIndex();
        progress.Finish($"{pieces} pieces, {writer.Windows:N0} windows in {output}");
        return 0;
    }

    private static string? SetOf(Piece piece) => (piece.Tier, piece.Split) switch
    {
        ("A", "train") => ShardBuilder.Train,
        ("A", "valid") => ShardBuilder.ValidA,
        ("B", "valid") => ShardBuilder.ValidB,
        _ => null,
    };
}
