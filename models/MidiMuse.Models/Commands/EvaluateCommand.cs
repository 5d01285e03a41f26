using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using MidiMuse.Core.Baselines;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Onnx;

namespace MidiMuse.Models.Commands;

/// <summary>evaluate: likelihoods and predictions of models and baselines on held-out music, as tables.</summary>
public static class EvaluateCommand
{
    private const int ExcerptSeed = 1;

    private static readonly string[] Engines = ["lstm", "markov", "copy", "chance"];

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of the *.smc.gz files.", Required = true };
        var split = new Option<string>("--split") { Description = "valid; test splits are held back.", DefaultValueFactory = _ => "valid" };
        var tier = new Option<string>("--tier") { Description = "A: music like the training set's. B: other music.", DefaultValueFactory = _ => "A" };
        var engine = new Option<string[]>("--engine") { Description = string.Join(", ", Engines) + "; all if not given.", AllowMultipleArgumentsPerToken = true };
        var model = new Option<string>("--model") { Description = "Folder of the LSTM's model.json.", DefaultValueFactory = _ => "models/weights/lstm" };
        var limit = new Option<int>("--limit") { Description = "Phrases and excerpts of each role at most.", DefaultValueFactory = _ => 200 };
        var markovNotes = new Option<long>("--markov-notes") { Description = "Training notes of each role for the Markov baseline.", DefaultValueFactory = _ => 400_000 };
        var temperature = new Option<double>("--temperature") { Description = "Of the drawn answers.", DefaultValueFactory = _ => 1.0 };
        var topP = new Option<double>("--top-p") { Description = "Of the drawn answers.", DefaultValueFactory = _ => 0.95 };
        var output = new Option<string?>("--out") { Description = "Folder that receives evaluation.md and evaluation.json." };
        var command = new Command("evaluate", "Compares models and baselines on held-out music.") { corpus, split, tier, engine, model, limit, markovNotes, temperature, topP, output };
        command.SetAction(parsed => Run(new Settings(
            parsed.GetRequiredValue(corpus),
            parsed.GetRequiredValue(split),
            parsed.GetRequiredValue(tier),
            parsed.GetValue(engine) is { Length: > 0 } chosen ? chosen : Engines,
            parsed.GetRequiredValue(model),
            parsed.GetValue(limit),
            parsed.GetValue(markovNotes),
            SamplerSettings.Uniform(parsed.GetValue(temperature), parsed.GetValue(topP)),
            parsed.GetValue(output))));
        return command;
    }

    private static int Run(Settings settings)
    {
        if (settings.Split != "valid")
            throw new ArgumentException($"'{settings.Split}' cannot be evaluated on: models have learnt train, and test is held back.");
        if (settings.Engines.FirstOrDefault(e => !Engines.Contains(e)) is { } unknown)
            throw new ArgumentException($"'{unknown}' is no engine: {string.Join(", ", Engines)} are.");

        var corpus = new CorpusFolder(settings.Corpus);
        var heldOut = HeldOutSet.Read(corpus, settings.Tier, settings.Limit);
        var markov = settings.Engines.Contains("markov") ? TrainMarkov(corpus, settings.MarkovNotes) : null;
        var likelihoods = Likelihoods(settings, heldOut, markov);
        var predictions = Predictions(settings, heldOut, markov);
        var text = $"## Nats per note, tier {settings.Tier}, split {settings.Split}\n\n{Markdown.Table(likelihoods)}\n## Four bars after four bars, tier {settings.Tier}, split {settings.Split}\n\n{Markdown.Table(predictions)}";
        Console.WriteLine(text);
        if (settings.Output is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "evaluation.md"), text);
            File.WriteAllText(Path.Combine(folder, "evaluation.json"), JsonSerializer.Serialize(new { likelihoods, predictions }, Json) + "\n");
        }
        return 0;
    }

    private static MarkovModel TrainMarkov(CorpusFolder corpus, long notesOfRole)
    {
        var progress = new ProgressLine();
        var model = MarkovTraining.Train(corpus, notesOfRole, notes => progress.Show($"Markov: {notes:N0} notes"));
        progress.Finish($"Markov: {model.Size:N0} entries");
        return model;
    }

    private static List<LikelihoodRow> Likelihoods(Settings settings, IReadOnlyDictionary<Role, IReadOnlyList<HeldOutPhrase>> heldOut, MarkovModel? markov)
    {
        var rows = new List<LikelihoodRow>();
        using var sessions = settings.Engines.Contains("lstm") ? new LstmSessions(settings.Model) : null;
        var models = new List<ILikelihoodModel>();
        if (sessions is not null)
            models.Add(new LstmLikelihood(sessions));
        if (markov is not null)
            models.Add(new MarkovLikelihood(markov));
        foreach (var model in models)
        {
            var progress = new ProgressLine();
            var done = 0;
            foreach (var (role, phrases) in heldOut)
                rows.Add(LikelihoodReport.Row(model, role, phrases, () => progress.Show($"{model.Name}: {++done} of {heldOut.Values.Sum(p => p.Count)} phrases")));
            progress.Finish($"{model.Name}: {done} phrases");
        }
        return rows;
    }

    private static List<PredictionRow> Predictions(Settings settings, IReadOnlyDictionary<Role, IReadOnlyList<HeldOutPhrase>> heldOut, MarkovModel? markov)
    {
        var excerpts = heldOut.ToDictionary(r => r.Key, r => (IReadOnlyList<Excerpt>)[.. Excerpt.Choose(r.Value, ExcerptSeed)]);
        using var network = settings.Engines.Contains("lstm") ? SharedModel.Acquire(settings.Model) : null;
        var methods = new List<IContinuation>();
        if (settings.Engines.Contains("chance"))
            methods.Add(new OtherPieceContinuation([.. excerpts.Values.SelectMany(e => e)]));
        if (settings.Engines.Contains("copy"))
            methods.Add(new CopyContinuation());
        if (markov is not null)
            methods.Add(new MarkovContinuation(markov, settings.Sampler));
        if (network is not null)
            methods.Add(new NetworkContinuation("LSTM", network, settings.Sampler));
        var rows = new List<PredictionRow>();
        foreach (var method in methods)
        {
            var progress = new ProgressLine();
            var done = 0;
            foreach (var (role, chosen) in excerpts.Where(e => e.Value.Count > 0))
                rows.Add(PredictionReport.Row(method, role, chosen, () => progress.Show($"{method.Name}: {++done} of {excerpts.Values.Sum(e => e.Count)} excerpts")));
            progress.Finish($"{method.Name}: {done} excerpts");
        }
        return rows;
    }

    private sealed record Settings(
        string Corpus,
        string Split,
        string Tier,
        string[] Engines,
        string Model,
        int Limit,
        long MarkovNotes,
        SamplerSettings Sampler,
        string? Output);
}
