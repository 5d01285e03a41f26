using System.CommandLine;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Sampling;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Listening;

namespace MidiMuse.Models.Commands;

/// <summary>listening-test: a web page with pairs of continuations, and the key that says who made them.</summary>
public static class ListeningTestCommand
{
    private const int ExcerptSeed = 1;

    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of *.smc.gz files.", Required = true };
        var split = new Option<string>("--split") { Description = "Which pieces.", DefaultValueFactory = _ => "valid" };
        var tier = new Option<string>("--tier") { Description = "A, B or all.", DefaultValueFactory = _ => "A" };
        var methods = new Option<string[]>("--engine") { Description = $"At least two of {string.Join(", ", EngineSet.Baselines)} and the folders in --weights.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["real", "lstm"] };
        var roles = new Option<string[]>("--role") { Description = "Roles that are heard.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["melody", "piano"] };
        var weights = new Option<string>("--weights") { Description = "Folder of the models' folders.", DefaultValueFactory = _ => "models/weights" };
        var pairs = new Option<int>("--pairs") { Description = "Pairs on the page.", DefaultValueFactory = _ => 12 };
        var seed = new Option<int>("--seed") { Description = "Of the excerpts' choice and of who is A.", DefaultValueFactory = _ => 1 };
        var temperature = new Option<double>("--temperature") { Description = "Of the drawn answers.", DefaultValueFactory = _ => 0.9 };
        var topP = new Option<double>("--top-p") { Description = "Of the drawn answers.", DefaultValueFactory = _ => 0.95 };
        var soundFont = new Option<string?>("--soundfont") { Description = "A General MIDI sound font; the system's if not given." };
        var output = new Option<string>("--out") { Description = "Folder that receives listening.html and key.json.", Required = true };
        var command = new Command("listening-test", "Writes a blind listening test as one web page.") { corpus, split, tier, methods, roles, weights, pairs, seed, temperature, topP, soundFont, output };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(corpus),
            parsed.GetRequiredValue(split),
            parsed.GetRequiredValue(tier),
            parsed.GetRequiredValue(methods),
            [.. parsed.GetRequiredValue(roles).Select(ParseRole)],
            parsed.GetRequiredValue(weights),
            parsed.GetValue(pairs),
            parsed.GetValue(seed),
            SamplerSettings.Uniform(parsed.GetValue(temperature), parsed.GetValue(topP)),
            parsed.GetValue(soundFont),
            parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(string corpus, string split, string tier, string[] methods, Role[] roles, string weights, int pairs, int seed, SamplerSettings sampler, string? soundFont, string output)
    {
        if (methods.Distinct().Count() < 2)
            throw new ArgumentException("A comparison needs two methods: --engine real lstm.");
        EngineSet.Check(methods, weights);
        var synthesizer = new Synthesizer(soundFont);
        var heldOut = HeldOutSet.Read(new CorpusFolder(corpus), split, tier, mostOfRole: 10 * pairs, mostLong: 0);
        using var engines = EngineSet.Open(methods, weights, corpus, markovNotes: 400_000, sampler);
        var excerpts = roles.Where(heldOut.Phrases.ContainsKey).SelectMany(r => Excerpt.Choose(heldOut.Phrases[r], ExcerptSeed)).ToArray();
        var continuations = engines.Continuations(excerpts);
        new Random(seed).Shuffle(excerpts);
        var progress = new ProgressLine();
        var number = 0;
        ListeningTest.Write(output, $"{string.Join(" / ", continuations.Select(c => c.Name))} {seed}", [.. excerpts.Take(pairs)], continuations, seed, synthesizer, () => progress.Show($"{++number} of {pairs} pairs"));
        progress.Finish($"{number} pairs: give listeners {Path.Combine(output, ListeningTest.PageFile)}, keep {Path.Combine(output, ListeningTest.KeyFile)}");
        return 0;
    }

    private static Role ParseRole(string name) =>
        Enum.TryParse<Role>(name, ignoreCase: true, out var role) ? role : throw new ArgumentException($"'{name}' is no role: {string.Join(", ", Enum.GetNames<Role>()).ToLowerInvariant()} are.");
}
