using MidiMuse.Core.Baselines;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Gan;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;
using MidiMuse.Inference.Transformer;
using MidiMuse.Inference.Vae;
using MidiMuse.Models.Commands;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Evaluation;

/// <summary>What is compared: the baselines, and the networks of a folder of weights.</summary>
public sealed class EngineSet : IDisposable
{
    /// <summary>Names of the methods that need no weights.</summary>
    public static readonly IReadOnlyList<string> Baselines = ["real", "chance", "copy", "overfitted", "markov"];

    /// <summary>A bar of the GAN, then the first of <see cref="Developers"/> that is there.</summary>
    public const string Hybrid = "hybrid";

    /// <summary>Networks that go on from a proposed bar, best first.</summary>
    private static readonly string[] Developers = ["transformer", "lstm"];

    private readonly List<(string Name, SharedModel Model)> _networks = [];
    private readonly List<SharedModel> _references = [];
    private readonly List<ILikelihoodModel> _likelihoods = [];
    private readonly List<string> _notes = [];
    private readonly Func<string, bool> _isWanted;
    private readonly SamplerSettings _sampler;
    private MarkovModel? _markov;
    private IContinuation? _overfitted;
    private VaeSession? _vae;
    private GanSession? _gan;
    private SharedModel? _developer;

    private EngineSet(Func<string, bool> isWanted, SamplerSettings sampler)
    {
        _isWanted = isWanted;
        _sampler = sampler;
    }

    /// <summary>The models that give music a probability.</summary>
    public IReadOnlyList<ILikelihoodModel> Likelihoods => _likelihoods;

    /// <summary>The networks that can be told what to play.</summary>
    public IEnumerable<(string Name, INoteEventModel Model)> Steerable => _networks.SelectMany(n => new (string, INoteEventModel)[]
    {
        (n.Name, n.Model),
        ($"{n.Name}, guided", new GuidedModel(n.Model, GuidedModel.DefaultGuidance)),
    });

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="ArgumentException">One of the names is neither a baseline nor a folder with a model.</exception>
    public static void Check(string[] engines, string weights)
    {
        var networks = Networks(weights);
        if (engines.FirstOrDefault(e => !Baselines.Contains(e) && !networks.Contains(e) && e != Hybrid) is { } unknown)
            throw new ArgumentException($"'{unknown}' is no engine: {string.Join(", ", [.. Baselines, .. networks, Hybrid])} are.", nameof(engines));
    }

    /// <param name="engines">Names, or none for all of them.</param>
    /// <param name="training">Corpus for the Markov baseline.</param>
    /// <exception cref="ModelException">A network that was asked for by name cannot be used.</exception>
    public static EngineSet Open(string[] engines, string weights, string training, long markovNotes, SamplerSettings sampler)
    {
        var set = new EngineSet(name => engines.Length == 0 || engines.Contains(name), sampler);
        if (set._isWanted("markov"))
            set.TeachMarkov(new CorpusFolder(training), markovNotes);
        if (set._isWanted("overfitted"))
            set.Overfit(new CorpusFolder(training));
        foreach (var name in Networks(weights).Where(n => n is not (VaeModel.Kind or GanModel.Kind)).Where(set._isWanted))
            set.OpenNetwork(name, Path.Combine(weights, name), isNamed: engines.Length > 0);
        set.OpenPatternModels(weights);
        return set;
    }

    /// <summary>The methods that answer, baselines first.</summary>
    /// <param name="excerpts">All of them, for what followed in another piece.</param>
    public IReadOnlyList<IContinuation> Continuations(IReadOnlyList<Excerpt> excerpts)
    {
        var methods = new List<IContinuation>();
        if (_isWanted("real"))
            methods.Add(new TrueContinuation());
        if (_isWanted("chance"))
            methods.Add(new OtherPieceContinuation(excerpts));
        if (_isWanted("copy"))
            methods.Add(new CopyContinuation());
        if (_overfitted is not null)
            methods.Add(_overfitted);
        if (_markov is not null)
            methods.Add(new MarkovContinuation(_markov, _sampler));
        methods.AddRange(_networks.Select(n => new NetworkContinuation(n.Name, n.Model, _sampler)));
        methods.AddRange(_networks.Where(n => n.Name == TransformerModel.Kind).Select(n => new NetworkContinuation($"{n.Name}, close to the motif", n.Model, SamplerSettings.Uniform(CloseAnswer.Temperature, CloseAnswer.TopP), ClosenessWeights.At(CloseAnswer.Closeness), CloseAnswer.Takes)));
        if (_vae is not null && _isWanted(VaeModel.Kind))
            methods.Add(new VariationContinuation(VaeModel.Kind, _vae));
        if (_gan is not null && _isWanted(GanModel.Kind))
            methods.Add(new ProposalContinuation(GanModel.Kind, _gan, null, _sampler));
        if (_gan is not null && _developer is not null)
            methods.Add(new ProposalContinuation(Hybrid, _gan, _developer, _sampler));
        return methods;
    }

    public void Dispose()
    {
        foreach (var model in _likelihoods.OfType<IDisposable>())
            model.Dispose();
        foreach (var (_, model) in _networks)
            model.Dispose();
        foreach (var model in _references)
            model.Dispose();
        _developer?.Dispose();
        _gan?.Dispose();
        _vae?.Dispose();
    }

    private static string[] Networks(string weights) =>
        Directory.Exists(weights)
            ? [.. Directory.GetDirectories(weights).Where(f => File.Exists(Path.Combine(f, ModelFolder.DescriptionFile))).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)]
            : [];

    private void TeachMarkov(CorpusFolder corpus, long notesOfRole)
    {
        var progress = new ProgressLine();
        var model = MarkovTraining.Train(corpus, notesOfRole, notes => progress.Show($"Markov: {notes:N0} notes"));
        progress.Finish($"Markov: {model.Size:N0} entries");
        if (model.Size == 0)
        {
            _notes.Add("Markov is left out: the corpus has no training music of tier A. Name one that has with --training.");
            return;
        }
        _markov = model;
        _likelihoods.Add(new MarkovLikelihood(model));
    }

    private void Overfit(CorpusFolder corpus)
    {
        var phrases = OverfittedByRole.Phrases(corpus);
        if (phrases.Count == 0)
            _notes.Add("The overfitted model is left out: the corpus has no training music of tier A. Name one that has with --training.");
        else
            _overfitted = new OverfittedByRole(phrases);
    }

    /// <summary>The VAE varies the prime by half; the GAN proposes bar after bar, which gives no likelihood either.</summary>
    private void OpenPatternModels(string weights)
    {
        var folders = Networks(weights);
        if (!folders.Contains(VaeModel.Kind) || !(_isWanted(VaeModel.Kind) || _isWanted(GanModel.Kind) || _isWanted(Hybrid)))
            return;
        _vae = VaeSession.Open(Path.Combine(weights, VaeModel.Kind));
        if (folders.Contains(GanModel.Kind))
            _gan = GanSession.Open(Path.Combine(weights, GanModel.Kind), _vae);
        if (_isWanted(Hybrid) && Developers.FirstOrDefault(folders.Contains) is { } developer)
            _developer = SharedModel.Acquire(Path.Combine(weights, developer));
    }

    /// <summary>The same weights in 32 bits, through ONNX Runtime: what the 8 bits that play cost.</summary>
    private SessionLikelihood OnGraphs(string name, string folder)
    {
        var model = SharedModel.Acquire(folder, Device.CpuGraphs);
        _references.Add(model);
        return new SessionLikelihood($"{name}, 32 bits", model);
    }

    private void OpenNetwork(string name, string folder, bool isNamed)
    {
        try
        {
            var model = SharedModel.Acquire(folder);
            _networks.Add((name, model));
            _likelihoods.Add(new SessionLikelihood(name, model));
            if (model.Description.Kind == TransformerModel.Kind)
                _likelihoods.Add(OnGraphs(name, folder));
            _likelihoods.Add(new SessionLikelihood($"{name}, told the conditions", model, isTold: true));
        }
        catch (ModelException e) when (!isNamed)
        {
            _notes.Add($"{name} is left out: {e.Message}");
        }
    }
}
