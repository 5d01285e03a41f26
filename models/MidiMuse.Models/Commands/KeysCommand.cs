using System.CommandLine;
using System.Globalization;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Evaluation;

namespace MidiMuse.Models.Commands;

/// <summary>
/// keys: how often the key that is found in a motif is the one that the piece is written in, by the lead of the best
/// key over the second.
/// </summary>
public static class KeysCommand
{
    private const int Seed = 1;

    private static readonly double[] Leads = [0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5, double.PositiveInfinity];

    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of the *.smc.gz files.", Required = true };
        var tier = new Option<string>("--tier") { Description = "A or B.", DefaultValueFactory = _ => "A" };
        var limit = new Option<int>("--limit") { Description = "Phrases of each role at most.", DefaultValueFactory = _ => 1000 };
        var command = new Command("keys", "Accuracy of key finding on motifs of two and four bars.") { corpus, tier, limit };
        command.SetAction(parsed => Run(new CorpusFolder(parsed.GetRequiredValue(corpus)), parsed.GetRequiredValue(tier), parsed.GetValue(limit)));
        return command;
    }

    private static int Run(CorpusFolder corpus, string tier, int limit)
    {
        var (right, all) = (new int[Leads.Length], new int[Leads.Length]);
        var random = new Random(Seed);
        foreach (var (role, phrases) in HeldOutSet.Read(corpus, "valid", tier, limit, mostLong: 0).Phrases)
        {
            if (role == Role.Drums)
                continue;
            foreach (var phrase in phrases)
                Add(phrase, random, right, all);
        }
        Console.WriteLine("| lead below | motifs | key is right |");
        Console.WriteLine("|---|---|---|");
        for (var i = 1; i < Leads.Length; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Leads[i]:0.00} | {all[i]} | {(all[i] == 0 ? 0 : right[i] / (double)all[i]):0.000} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| all | {all.Sum()} | {right.Sum() / (double)Math.Max(1, all.Sum()):0.000} |"));
        return 0;
    }

    private static void Add(HeldOutPhrase phrase, Random random, int[] right, int[] all)
    {
        if (phrase.Phrase.Context.Key is not { } key)
            return;
        var barTicks = phrase.Phrase.Context.Meter.BarTicks;
        var bars = random.Next(2) == 0 ? 2 : 4;
        var lastBar = phrase.Phrase.Notes[^1].OnsetTick / barTicks;
        var start = random.NextInt64(Math.Max(1, lastBar - bars + 2)) * barTicks;
        var motif = phrase.Phrase.Notes.Where(note => note.OnsetTick >= start && note.OnsetTick < start + (bars * barTicks)).ToArray();
        if (motif.Length < 4 || KeyFinder.Find(motif) is not { } found)
            return;
        var bin = 1;
        while (found.Lead >= Leads[bin])
            bin++;
        all[bin]++;
        right[bin] += found.Key == key ? 1 : 0;
    }
}
