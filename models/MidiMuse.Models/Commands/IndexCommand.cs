using System.CommandLine;
using System.Globalization;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Inference.Originality;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Originality;

namespace MidiMuse.Models.Commands;

/// <summary>index: the training music as the originality meter needs it, with the scale of held-out human music.</summary>
public static class IndexCommand
{
    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of the *.smc.gz files.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder that receives originality.bin and originality.json.", Required = true };
        var command = new Command("index", "Makes the originality index of the training music (tier A, split train).") { corpus, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(corpus), parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(string corpusFolder, string output)
    {
        var corpus = new CorpusFolder(corpusFolder);
        var progress = new ProgressLine();
        var builder = TrainingIndex.Collect(corpus, b => progress.Show($"{b.Pieces} pieces, {b.ElementsSeen:N0} elements"));
        progress.Finish($"{builder.Pieces} pieces, {builder.ElementsSeen:N0} elements");
        if (builder.Pieces == 0)
            throw new ArgumentException($"'{corpusFolder}' holds no training music: no piece of tier A and split train with pitches.");
        progress = new ProgressLine();
        progress.Show("sorting");
        var index = builder.Build();
        progress.Finish($"{index.Rows:N0} elements kept and sorted");
        progress = new ProgressLine();
        var pieces = 0;
        var scale = TrainingIndex.Calibrate(index, corpus, () => progress.Show($"scale: {++pieces} held-out pieces"));
        progress.Finish($"scale: {pieces} held-out pieces");

        Directory.CreateDirectory(output);
        using (var file = File.Create(Path.Combine(output, OriginalityFolder.IndexFile)))
            index.With(scale).Save(file);
        IndexManifest.Write(output, corpus);
        Console.WriteLine(Table(scale));
        return 0;
    }

    /// <summary>The runs that held-out human passages reach.</summary>
    private static string Table(OriginalityScale scale)
    {
        var text = "| role | notes | passages | half below | 90 % below | 99 % below |\n|---|---|---|---|---|---|\n";
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Drums))
        {
            foreach (var length in OriginalityScale.Lengths)
                text += string.Create(CultureInfo.InvariantCulture, $"| {role.ToString().ToLowerInvariant()} | {length} | {scale.Passages(role, length)} | {scale.RunAt(role, length, 0.5)} | {scale.RunAt(role, length, 0.9)} | {scale.RunAt(role, length, 0.99)} |\n");
        }
        return text;
    }
}
