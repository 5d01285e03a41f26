using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Inference.Originality;
using MidiMuse.Inference.Sampling;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Evaluation;

namespace MidiMuse.Models.Commands;

/// <summary>evaluate: likelihoods, predictions, style, originality and coherence of models and baselines on held-out music.</summary>
public static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of *.smc.gz files.", Required = true };
        var split = new Option<string>("--split") { Description = "Which pieces: valid, test, or whatever the corpus calls them.", DefaultValueFactory = _ => "valid" };
        var tier = new Option<string>("--tier") { Description = "A: music like the training set's. B: other music. all: both.", DefaultValueFactory = _ => "A" };
        var engine = new Option<string[]>("--engine") { Description = $"{string.Join(", ", EngineSet.Baselines)}, or a folder in --weights; all if not given.", AllowMultipleArgumentsPerToken = true };
        var weights = new Option<string>("--weights") { Description = "Folder of the models' folders and of the originality index.", DefaultValueFactory = _ => "models/weights" };
        var training = new Option<string?>("--training") { Description = "Corpus whose training split teaches the Markov baseline; --corpus if not given." };
        var pieces = new Option<int>("--pieces") { Description = "Phrases, and excerpts, of each role at most; the draw is always the same.", DefaultValueFactory = _ => 60 };
        var longPieces = new Option<int>("--long-pieces") { Description = "Pieces of each role that are continued to 64 bars.", DefaultValueFactory = _ => 8 };
        var controlPieces = new Option<int>("--control-pieces") { Description = "Excerpts of each role on which conditions are tried.", DefaultValueFactory = _ => 12 };
        var markovNotes = new Option<long>("--markov-notes") { Description = "Training notes of each role for the Markov baseline.", DefaultValueFactory = _ => 400_000 };
        var temperature = new Option<double>("--temperature") { Description = "Of the drawn answers.", DefaultValueFactory = _ => 0.9 };
        var topP = new Option<double>("--top-p") { Description = "Of the drawn answers.", DefaultValueFactory = _ => 0.95 };
        var output = new Option<string?>("--out") { Description = "Folder that receives evaluation.md and evaluation.json." };
        var command = new Command("evaluate", "Compares models and baselines on held-out music.") { corpus, split, tier, engine, weights, training, pieces, longPieces, controlPieces, markovNotes, temperature, topP, output };
        command.SetAction(parsed => Run(new Settings(
            parsed.GetRequiredValue(corpus),
            parsed.GetRequiredValue(split),
            parsed.GetRequiredValue(tier),
            parsed.GetValue(engine) ?? [],
            parsed.GetRequiredValue(weights),
            parsed.GetValue(training) ?? parsed.GetRequiredValue(corpus),
            parsed.GetValue(pieces),
            parsed.GetValue(longPieces),
            parsed.GetValue(controlPieces),
            parsed.GetValue(markovNotes),
            parsed.GetValue(temperature),
            parsed.GetValue(topP),
            parsed.GetValue(output))));
        return command;
    }

    private static int Run(Settings settings)
    {
        if (settings.Split == "train")
            throw new ArgumentException("'train' cannot be evaluated on: models and the Markov baseline have learnt it.");
        if (settings.Tier is not ("A" or "B" or "all"))
            throw new ArgumentException($"'{settings.Tier}' is not a tier that is evaluated on: A, B and all are.");
        EngineSet.Check(settings.Engines, settings.Weights);

        var heldOut = HeldOutSet.Read(new CorpusFolder(settings.Corpus), settings.Split, settings.Tier, settings.Pieces, settings.LongPieces);
        using var engines = EngineSet.Open(settings.Engines, settings.Weights, settings.Training, settings.MarkovNotes, settings.Sampler);
        foreach (var note in engines.Notes)
            Console.Error.WriteLine(note);
        var report = Evaluate(settings, heldOut, engines, Meter(settings.Weights));
        var text = Text(settings, engines, report);
        Console.WriteLine(text);
        if (settings.Output is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "evaluation.md"), text);
            File.WriteAllText(Path.Combine(folder, "evaluation.json"), JsonSerializer.Serialize(new { settings, report }, Json) + "\n");
        }
        return 0;
    }

    private static OriginalityMeter? Meter(string weights)
    {
        var folder = Path.Combine(weights, "originality");
        return Directory.Exists(folder) ? new OriginalityMeter(OriginalityFolder.Load(folder)) : null;
    }

    private static Report Evaluate(Settings settings, HeldOutSet heldOut, EngineSet engines, OriginalityMeter? meter)
    {
        var excerpts = heldOut.Excerpts.ToList();
        var report = new Report();
        foreach (var model in engines.Likelihoods)
        {
            using var progress = new Stage(model.Name, "phrases", heldOut.Phrases.Values.Sum(p => p.Count));
            foreach (var (role, phrases) in heldOut.Phrases)
                report.Likelihoods.Add(LikelihoodReport.Row(model, role, phrases, progress.Step));
        }
        var continuations = engines.Continuations([.. excerpts.SelectMany(e => e.Excerpts)]);
        var sets = new List<AnswerSet>();
        foreach (var method in continuations)
        {
            var judge = engines.Likelihoods.FirstOrDefault(l => l.Name == method.Name);
            using var progress = new Stage(method.Name, "excerpts", excerpts.Sum(e => e.Excerpts.Count) * (judge is null ? 1 : 2));
            foreach (var (role, chosen) in excerpts)
            {
                var set = AnswerSet.Draw(method, role, chosen, progress.Step);
                var foils = judge is null ? null : FoilReport.Recognised(judge, FoilReport.Choose(chosen), progress.Step);
                sets.Add(set);
                report.Predictions.Add(PredictionReport.Row(set, foils));
                report.Styles.Add(StyleReport.Row(set));
                if (meter is not null && OriginalityRows.Row(set, meter) is { } originality)
                    report.Originality.Add(originality);
            }
        }
        report.Advantages.AddRange(AdvantageReport.Rows(sets, DrawOthers(continuations.OfType<NetworkContinuation>(), excerpts)));
        foreach (var method in continuations.Where(c => c is not OtherPieceContinuation))
        {
            using var progress = new Stage(method.Name, "long answers", heldOut.LongExcerpts.Values.Sum(e => e.Count));
            foreach (var (role, chosen) in heldOut.LongExcerpts)
            {
                if (CoherenceReport.Row(AnswerSet.Draw(method, role, chosen, progress.Step)) is { } row)
                    report.Coherence.Add(row);
            }
        }
        foreach (var (name, model) in settings.ControlPieces > 0 ? engines.Steerable : [])
        {
            var tried = excerpts.Select(e => (e.Role, Excerpts: e.Excerpts.Take(settings.ControlPieces).ToList())).ToList();
            using var progress = new Stage(name, "steered answers", tried.Sum(e => ControlReport.Draws(e.Excerpts.Count)));
            foreach (var (role, chosen) in tried)
                report.Control.AddRange(ControlReport.Rows(name, model, settings.Sampler, role, chosen, progress.Step));
        }
        return report;
    }

    /// <summary>Answers to the same excerpts with other seeds.</summary>
    private static List<AnswerSet> DrawOthers(IEnumerable<IContinuation> methods, List<(Role Role, IReadOnlyList<Excerpt> Excerpts)> excerpts)
    {
        const ulong FirstSeed = 1_000_001;
        var others = new List<AnswerSet>();
        foreach (var method in methods)
        {
            using var progress = new Stage(method.Name, "other answers", excerpts.Sum(e => e.Excerpts.Count));
            others.AddRange(excerpts.Select(e => AnswerSet.Draw(method, e.Role, e.Excerpts, progress.Step, FirstSeed)));
        }
        return others;
    }

    private static string Text(Settings settings, EngineSet engines, Report report)
    {
        var of = $"tier {settings.Tier}, split {settings.Split}";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"At most {settings.Pieces} phrases and excerpts of each role (fixed draw, seed 1), answers drawn at temperature {settings.Temperature}, top-p {settings.TopP}, one fixed seed an excerpt. Intervals: 95 %, bootstrap over pieces.\n");
        foreach (var note in engines.Notes)
            text.Append(CultureInfo.InvariantCulture, $"{note}\n");
        Section("Nats per note", Markdown.Table(report.Likelihoods), report.Likelihoods.Count);
        Section("Four bars after four bars", Markdown.Table(report.Predictions), report.Predictions.Count);
        Section("F1 against the baselines', excerpt by excerpt", Markdown.Table(report.Advantages), report.Advantages.Count);
        Section("Style of the answers, and their distance from what really followed", Markdown.Table(report.Styles), report.Styles.Count);
        Section("Originality of the answers", Markdown.Table(report.Originality), report.Originality.Count);
        Section("Self-similarity over 64 bars", Markdown.Table(report.Coherence), report.Coherence.Count);
        Section("Control error, classes (chords: share of the time that is no chord tone)", Markdown.Table(report.Control), report.Control.Count);
        return text.ToString();

        void Section(string title, string table, int rows)
        {
            if (rows > 0)
                text.Append(CultureInfo.InvariantCulture, $"\n## {title}, {of}\n\n{table}");
        }
    }

    private sealed class Report
    {
        public List<LikelihoodRow> Likelihoods { get; } = [];

        public List<PredictionRow> Predictions { get; } = [];

        public List<AdvantageRow> Advantages { get; } = [];

        public List<StyleRow> Styles { get; } = [];

        public List<OriginalityRow> Originality { get; } = [];

        public List<CoherenceRow> Coherence { get; } = [];

        public List<ControlRow> Control { get; } = [];
    }

    /// <summary>Says how far a stage is.</summary>
    private sealed class Stage(string name, string unit, int total) : IDisposable
    {
        private readonly ProgressLine _line = new();
        private int _done;

        public void Step() => _line.Show($"{name}: {++_done} of {total} {unit}");

        public void Dispose() => _line.Finish($"{name}: {_done} {unit}");
    }

    private sealed record Settings(
        string Corpus,
        string Split,
        string Tier,
        string[] Engines,
        string Weights,
        string Training,
        int Pieces,
        int LongPieces,
        int ControlPieces,
        long MarkovNotes,
        double Temperature,
        double TopP,
        string? Output)
    {
        [JsonIgnore]
        public SamplerSettings Sampler => SamplerSettings.Uniform(Temperature, TopP);
    }
}
