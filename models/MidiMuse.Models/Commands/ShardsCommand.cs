using System.CommandLine;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Commands;

/// <summary>shards: the corpus as note events, ready to train on.</summary>
public static class ShardsCommand
{
    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of the *.smc.gz files.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder that receives the shards.", Required = true };
        var copies = new Option<int>("--copies") { Description = "Variations of each training piece.", DefaultValueFactory = _ => 2 };
        var seed = new Option<int>("--seed") { Description = "Seed of the variations.", DefaultValueFactory = _ => 1 };
        var command = new Command("shards", "Writes training and validation shards of note events.") { corpus, output, copies, seed };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(corpus),
            parsed.GetRequiredValue(output),
            parsed.GetValue(copies),
            parsed.GetValue(seed)));
        return command;
    }

    private static int Run(string corpus, string output, int copies, int seed)
    {
        var folder = new CorpusFolder(corpus);
        var builder = new ShardBuilder(copies, seed);
        var progress = new ProgressLine();
        var pieces = 0;
        using var writer = new ShardWriter(output);
        foreach (var file in folder.Files)
        {
            foreach (var piece in CorpusFolder.Read(file, "train").Concat(CorpusFolder.Read(file, "valid")))
            {
                foreach (var (set, phrase) in builder.Phrases(piece))
                    writer.Add(set, phrase);
                progress.Show($"{Path.GetFileName(file)}: {++pieces} pieces, {writer.Notes:N0} notes");
            }
        }
        writer.WriteIndex(seed, copies);
        progress.Finish($"{pieces} pieces, {writer.Notes:N0} notes in {output}");
        return 0;
    }
}
