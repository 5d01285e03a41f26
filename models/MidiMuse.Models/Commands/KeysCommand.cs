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
        var byLead = new Tally[Leads.Length];
        var byRole = new SortedDictionary<Role, Tally>();
        var random = new Random(Seed);
        foreach (var (role, phrases) in HeldOutSet.Read(corpus, "valid", tier, limit, mostLong: 0).Phrases)
        {
            if (role == Role.Drums)
                continue;
            foreach (var phrase in phrases)
            {
                if (Find(phrase, random) is not { } found)
                    continue;
                var bin = 1;
                while (found.Lead >= Leads[bin])
                    bin++;
                byLead[bin] = byLead[bin].And(found.Key, found.Written);
                byRole[role] = byRole.GetValueOrDefault(role).And(found.Key, found.Written);
            }
        }
        Write("lead below", Enumerable.Range(1, Leads.Length - 1).Select(i => (Leads[i].ToString("0.00", CultureInfo.InvariantCulture), byLead[i])));
        Write("role", byRole.Select(role => (role.Key.ToString(), role.Value)));
        return 0;
    }

    /// <summary>The key that is found in some bars of a phrase, and the one that it is written in; null where one of them has none.</summary>
    private static (Key Key, Key Written, double Lead)? Find(HeldOutPhrase phrase, Random random)
    {
        if (phrase.Phrase.Context.Key is not { } written)
            return null;
        var barTicks = phrase.Phrase.Context.Meter.BarTicks;
        var bars = random.Next(2) == 0 ? 2 : 4;
        var lastBar = phrase.Phrase.Notes[^1].OnsetTick / barTicks;
        var start = random.NextInt64(Math.Max(1, lastBar - bars + 2)) * barTicks;
        var motif = phrase.Phrase.Notes.Where(note => note.OnsetTick >= start && note.OnsetTick < start + (bars * barTicks)).ToArray();
        return motif.Length >= 4 && KeyFinder.Find(motif) is { } found ? (found.Key, written, found.Lead) : null;
    }

    private static void Write(string title, IEnumerable<(string Name, Tally Tally)> rows)
    {
        Console.WriteLine($"| {title} | motifs | key is right | or its relative: the same notes | or a fifth from that: one note differs |");
        Console.WriteLine("|---|---|---|---|---|");
        var all = default(Tally);
        foreach (var (name, tally) in rows)
        {
            Console.WriteLine($"| {name} | {tally} |");
            all = all.And(tally);
        }
        Console.WriteLine($"| all | {all} |");
        Console.WriteLine();
    }

    /// <summary>How often keys were found that share this much with the written one.</summary>
    private readonly record struct Tally(int All, int Right, int SameNotes, int OneNoteOff)
    {
        public Tally And(Key found, Key written)
        {
            var fifths = (((MajorOf(found) - MajorOf(written)) * 7 % 12) + 12) % 12;
            return And(new Tally(1, found == written ? 1 : 0, fifths == 0 ? 1 : 0, fifths is 0 or 1 or 11 ? 1 : 0));
        }

        public Tally And(Tally other) => new(All + other.All, Right + other.Right, SameNotes + other.SameNotes, OneNoteOff + other.OneNoteOff);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{All} | {Share(Right):0.000} | {Share(SameNotes):0.000} | {Share(OneNoteOff):0.000}");

        /// <summary>Tonic of the major key with the same signature.</summary>
        private static int MajorOf(Key key) => key.Mode == Mode.Major ? key.TonicPitchClass : (key.TonicPitchClass + 3) % 12;

        private double Share(int count) => count / (double)Math.Max(1, All);
    }
}
