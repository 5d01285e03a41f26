using System.CommandLine;
using System.Globalization;
using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Evaluation;

namespace MidiMuse.Models.Commands;

/// <summary>development: how much answers repeat their own bars, beside real continuations, by the Development control.</summary>
public static class DevelopmentCommand
{
    private const int LongPieces = 8;

    private static readonly int[] Lags = [1, 4, 16];

    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of the *.smc.gz files.", Required = true };
        var model = new Option<string>("--model") { Description = "Folder of a model.json.", DefaultValueFactory = _ => "models/weights/transformer" };
        var limit = new Option<int>("--limit") { Description = "Phrases of each role at most.", DefaultValueFactory = _ => 60 };
        var amounts = new Option<double[]>("--amounts") { Description = "Values of the control.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [0, 0.25, 0.5, 0.75, 1] };
        var command = new Command("development", "How much answers repeat their own bars, by the Development control.") { corpus, model, limit, amounts };
        command.SetAction(parsed => Run(
            new CorpusFolder(parsed.GetRequiredValue(corpus)),
            parsed.GetRequiredValue(model),
            parsed.GetValue(limit),
            parsed.GetRequiredValue(amounts)));
        return command;
    }

    private static int Run(CorpusFolder corpus, string folder, int limit, double[] amounts)
    {
        using var model = SharedModel.Acquire(folder);
        var heldOut = HeldOutSet.Read(corpus, "valid", "A", limit, LongPieces);
        var settings = SamplerSettings.Uniform(temperature: 0.9, topP: 0.95);
        List<IContinuation> methods =
        [
            new TrueContinuation(),
            new CopyContinuation(),
            .. amounts.Select(amount => new NetworkContinuation(string.Create(CultureInfo.InvariantCulture, $"{amount:0.00}"), model, settings, development: amount)),
        ];
        Write("| development |", heldOut.Excerpts.ToList(), methods, Short);
        Console.WriteLine();
        Write("| development, 64 bars |", [.. heldOut.LongExcerpts.Where(role => role.Value.Count > 0).Select(role => (role.Key, role.Value))], methods, Long);
        return 0;
    }

    private static void Write(string head, IReadOnlyList<(Role Role, IReadOnlyList<Excerpt> Excerpts)> roles, IEnumerable<IContinuation> methods, Func<AnswerSet, string> figures)
    {
        Console.WriteLine($"{head} {string.Join(" | ", roles.Select(role => role.Role.ToString().ToLowerInvariant()))} |");
        Console.WriteLine($"|---|{string.Concat(roles.Select(_ => "---|"))}");
        foreach (var method in methods)
            Console.WriteLine($"| {method.Name} | {string.Join(" | ", roles.Select(role => figures(AnswerSet.Draw(method, role.Role, role.Excerpts, static () => { }))))} |");
    }

    /// <summary>How like each bar is the one before, and F1 against what really followed.</summary>
    private static string Short(AnswerSet set)
    {
        var likeness = set.Mean((excerpt, answer) => LikenessOfNeighbours(excerpt, answer));
        var score = set.Mean((excerpt, answer) => excerpt.Score(answer).F1);
        return string.Create(CultureInfo.InvariantCulture, $"{likeness?.Value:0.00}, {score?.Value:0.000}");
    }

    /// <summary>Self-similarity of bars so far apart.</summary>
    private static string Long(AnswerSet set) => string.Join(", ", Lags.Select(lag =>
        set.Mean((excerpt, answer) => SelfSimilarity.AtLag(excerpt.Prime.Concat(answer), excerpt.Context.Meter.BarTicks, CoherenceReport.Bars, lag))?.Value.ToString("0.00", CultureInfo.InvariantCulture)));

    /// <summary>Mean over the answer's bars, where they and the bar before have notes; null where there are none.</summary>
    private static double? LikenessOfNeighbours(Excerpt excerpt, IReadOnlyList<GridNote> answer)
    {
        var barTicks = excerpt.Context.Meter.BarTicks;
        var bars = excerpt.Prime.Concat(answer).ToLookup(note => note.OnsetTick / barTicks, note => note with { OnsetTick = note.OnsetTick % barTicks });
        var likenesses = Enumerable.Range(Excerpt.Bars, excerpt.AnswerBars)
            .Where(bar => bars.Contains(bar) && bars.Contains(bar - 1))
            .Select(bar => BarConsensus.Agreement([.. bars[bar]], [.. bars[bar - 1]]))
            .ToArray();
        return likenesses.Length == 0 ? null : likenesses.Average();
    }
}
