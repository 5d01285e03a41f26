using System.CommandLine;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Gan;
using MidiMuse.Inference.Vae;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Patterns;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Commands;

/// <summary>evaluate-patterns: what the VAE and the GAN do with held-out music, as tables.</summary>
public static class EvaluatePatternsCommand
{
    private const int Seed = 1;

    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of the *.smc.gz files.", Required = true };
        var tier = new Option<string>("--tier") { Description = "A: music like the training set's. B: other music.", DefaultValueFactory = _ => "A" };
        var vae = new Option<string>("--vae") { Description = "Folder of the VAE's model.json.", DefaultValueFactory = _ => "models/weights/vae" };
        var gan = new Option<string>("--gan") { Description = "Folder of the GAN's model.json; left out where it is not there.", DefaultValueFactory = _ => "models/weights/gan" };
        var limit = new Option<int>("--limit") { Description = "Windows of each role at most, each from another piece.", DefaultValueFactory = _ => 100 };
        var output = new Option<string?>("--out") { Description = "File that receives the tables." };
        var command = new Command("evaluate-patterns", "Measures the VAE and the GAN on held-out music.") { corpus, tier, vae, gan, limit, output };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(corpus),
            parsed.GetRequiredValue(tier),
            parsed.GetRequiredValue(vae),
            parsed.GetRequiredValue(gan),
            parsed.GetValue(limit),
            parsed.GetValue(output)));
        return command;
    }

    private static int Run(string corpus, string tier, string vaeFolder, string ganFolder, int limit, string? output)
    {
        var windows = HeldOut(new CorpusFolder(corpus), tier, limit);
        using var vae = VaeSession.Open(vaeFolder);
        using var gan = Directory.Exists(ganFolder) ? GanSession.Open(ganFolder, vae) : null;
        var text = $"## VAE and GAN, tier {tier}, split valid\n\n{new PatternReport(vae, gan).Write(windows)}";
        Console.WriteLine(text);
        if (output is not null)
            File.WriteAllText(output, text);
        return 0;
    }

    /// <summary>One window of each of some pieces, drawn with a fixed seed.</summary>
    private static SortedDictionary<Role, IReadOnlyList<PatternWindow>> HeldOut(CorpusFolder corpus, string tier, int limit)
    {
        var random = new Random(Seed);
        var all = new Dictionary<Role, List<PatternWindow>>();
        foreach (var piece in corpus.Files.SelectMany(file => CorpusFolder.Read(file, "valid")).Where(p => p.Tier == tier))
        {
            foreach (var group in Part.Of(piece).SelectMany(part => PatternCutter.Cut(piece, part)).GroupBy(w => w.Role))
            {
                var windows = group.ToArray();
                if (!all.TryGetValue(group.Key, out var list))
                    all.Add(group.Key, list = []);
                list.Add(windows[random.Next(windows.Length)]);
            }
        }
        return new(all.ToDictionary(
            r => r.Key,
            r => (IReadOnlyList<PatternWindow>)[.. r.Value.OrderBy(_ => random.Next()).Take(limit)]));
    }
}
