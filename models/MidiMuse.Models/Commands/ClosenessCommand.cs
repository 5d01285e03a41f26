using System.CommandLine;
using System.Globalization;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Evaluation;

namespace MidiMuse.Models.Commands;

/// <summary>closeness: what the Motif closeness control does to held-out nats and to answers, and which weights fit best.</summary>
public static class ClosenessCommand
{
    private const ulong FirstSeed = 1;

    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of the *.smc.gz files.", Required = true };
        var tier = new Option<string>("--tier") { Description = "A: music like the training set's. B: other music.", DefaultValueFactory = _ => "A" };
        var model = new Option<string>("--model") { Description = "Folder of a model.json.", DefaultValueFactory = _ => "models/weights/lstm" };
        var limit = new Option<int>("--limit") { Description = "Phrases of each role at most.", DefaultValueFactory = _ => 60 };
        var amounts = new Option<double[]>("--amounts") { Description = "Values of the control.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [0, 0.45, 0.63, CloseAnswer.Closeness, 1] };
        var temperature = new Option<double>("--temperature") { Description = "Of the drawn answers.", DefaultValueFactory = _ => 0.9 };
        var topP = new Option<double>("--top-p") { Description = "Of the drawn answers.", DefaultValueFactory = _ => 0.95 };
        var takes = new Option<int>("--takes") { Description = "Of each bar; of more than one the one is kept on which they agree.", DefaultValueFactory = _ => 1 };
        var draws = new Option<int>("--draws") { Description = "Answers to each excerpt.", DefaultValueFactory = _ => 1 };
        var command = new Command("closeness", "Fits and judges the weights of the Motif closeness control on held-out music.") { corpus, tier, model, limit, amounts, temperature, topP, takes, draws };
        command.SetAction(parsed => Run(
            new CorpusFolder(parsed.GetRequiredValue(corpus)),
            parsed.GetRequiredValue(tier),
            parsed.GetRequiredValue(model),
            parsed.GetValue(limit),
            parsed.GetRequiredValue(amounts),
            new Draws(SamplerSettings.Uniform(parsed.GetValue(temperature), parsed.GetValue(topP)), parsed.GetValue(takes), parsed.GetValue(draws))));
        return command;
    }

    private static int Run(CorpusFolder corpus, string tier, string folder, int limit, double[] amounts, Draws draws)
    {
        using var model = SharedModel.Acquire(folder);
        var excerpts = HeldOutSet.Read(corpus, "valid", tier, limit, mostLong: 0).Excerpts.ToDictionary(of => of.Role, of => of.Excerpts.ToArray());
        Console.WriteLine("| role | excerpts | best onset | pitch | interval | duration | nats per note without | with the best | with the control at 1 |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var total = new ClosenessFit();
        foreach (var (role, chosen) in excerpts)
        {
            var fit = new ClosenessFit();
            foreach (var excerpt in chosen)
            {
                fit.Add(model, excerpt);
                total.Add(model, excerpt);
            }
            WriteFit(role.ToString().ToLowerInvariant(), chosen.Length, fit);
        }
        WriteFit("all", excerpts.Values.Sum(e => e.Length), total);
        Console.WriteLine();
        Console.WriteLine("| closeness | nats per note (time, pitch, duration) | F1 by role |");
        Console.WriteLine("|---|---|---|");
        var answers = Answers(new CopyContinuation(), excerpts, draws.Count);
        foreach (var amount in amounts)
            answers.AddRange(WriteAmount(model, excerpts, total, amount, draws));
        Console.WriteLine($"| motif copy | - | {F1ByRole(answers, CopyContinuation.Label)} |");
        Console.WriteLine();
        Console.WriteLine(Markdown.Table(AdvantageReport.Rows(answers, others: [])));
        return 0;
    }

    private static void WriteFit(string role, int count, ClosenessFit fit)
    {
        var best = fit.Best();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {role} | {count} | {best.Onset:0.0} | {best.Pitch:0.0} | {best.Interval:0.0} | {best.Duration:0.0} | {Sum(fit, default):0.000} | {Sum(fit, best):0.000} | {Sum(fit, ClosenessWeights.At(1)):0.000} |"));
    }

    private static List<AnswerSet> WriteAmount(SharedModel model, Dictionary<Role, Excerpt[]> excerpts, ClosenessFit fit, double amount, Draws draws)
    {
        var nats = fit.Nats(ClosenessWeights.At(amount));
        var name = string.Create(CultureInfo.InvariantCulture, $"closeness {amount:0.00}");
        var answers = Answers(new NetworkContinuation(name, model, draws.Sampler, ClosenessWeights.At(amount), draws.Takes), excerpts, draws.Count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {amount:0.00} | {nats.Time + nats.Pitch + nats.Duration:0.000} ({nats.Time:0.000}, {nats.Pitch:0.000}, {nats.Duration:0.000}) | {F1ByRole(answers, name)} |"));
        return answers;
    }

    /// <summary>Every drawn answer has a seed of its own.</summary>
    private static List<AnswerSet> Answers(IContinuation method, Dictionary<Role, Excerpt[]> excerpts, int draws) =>
    [
        .. from draw in Enumerable.Range(0, draws)
           from of in excerpts
           select AnswerSet.Draw(method, of.Key, of.Value, progress: () => { }, FirstSeed + ((ulong)draw * (ulong)of.Value.Length)),
    ];

    private static string F1ByRole(List<AnswerSet> answers, string method) => string.Join(", ", answers
        .Where(set => set.Method == method)
        .GroupBy(set => set.Role)
        .Select(sets => string.Create(
            CultureInfo.InvariantCulture,
            $"{sets.Key.ToString().ToLowerInvariant()} {sets.Average(set => set.Mean((excerpt, answer) => excerpt.Score(answer).F1)?.Value ?? 0):0.000}")));

    private static double Sum(ClosenessFit fit, ClosenessWeights weights)
    {
        var (time, pitch, duration) = fit.Nats(weights);
        return time + pitch + duration;
    }

    private readonly record struct Draws(SamplerSettings Sampler, int Takes, int Count);
}
