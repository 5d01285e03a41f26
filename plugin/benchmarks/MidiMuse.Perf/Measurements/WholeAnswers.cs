using System.Diagnostics;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Clips;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Measurements;

/// <summary>
/// Answers of four bars to the example motifs, as the engine makes them, with every control at its default: one candidate
/// after the other on one thread, and what is left to do at the bar line. Processor time, of a process that does nothing
/// else: what a busy machine does in between is not ours.
/// </summary>
internal sealed class WholeAnswers : IDisposable
{
    private const string Part = "answers of four bars, engine";
    private const int Bars = 4;

    private readonly ModelChoice _model;
    private readonly BarComposer _composer;
    private readonly int _rounds;

    /// <param name="models">Holds a folder for each model.</param>
    private WholeAnswers(string models, int rounds)
    {
        _model = ModelChoice.Open(models, PatternComposer.Load(Path.Combine(models, "vae"), Path.Combine(models, "gan")));
        _composer = new BarComposer(_model);
        _rounds = rounds;
    }

    public static IEnumerable<Figure> Measure(string models, int rounds, Action<string> onProgress)
    {
        using var answers = new WholeAnswers(models, rounds);
        onProgress("answers of four bars");
        return answers.Figures();
    }

    public void Dispose() => _model.Dispose();

    private static AnswerFrame FrameOf(int motif) => AnswerFrame.Of(ClipFiles.ToMotif(FirstAnswer.Motif(motif))!, AnswerMode.Continue)!;

    private static MusicSettings Settings(Material material, int seed)
    {
        var parameters = new ParameterValues();
        Set(ParameterId.Material, (int)material);
        Set(ParameterId.SurpriseEvery, MaterialParameters.SurpriseBars.ToList().IndexOf(1));
        Set(ParameterId.Seed, seed);
        return MusicSettings.From(parameters, new TextValues()).ForBars();

        void Set(uint id, double plain) => parameters.Set(id, ParameterTable.Find(id)!.ToNormalised(plain));
    }

    private List<Figure> Figures()
    {
        return
        [
            Of($"{AnswerLines.MostCandidates} candidates, Transformer", AnswerLines.MostCandidates, Material.Continuation),
            Of("one answer, Transformer", 1, Material.Continuation),
            Of("one answer, VAE", 1, Material.Variation),
            Of("one answer, GAN", 1, Material.Surprise),
            Rest(),
        ];
    }

    private Figure Of(string what, int candidates, Material material)
    {
        var (times, notes) = (new Times(), 0);
        foreach (var (motif, seed) in Cases())
        {
            var (frame, settings) = (FrameOf(motif), Settings(material, seed));
            times.Add(() => notes += Make(frame, candidates, settings));
        }
        return times.ToFigure(what, FormattableString.Invariant($"{notes / times.Count} notes each"));
    }

    /// <summary>The motif but its last note has been read while it was played.</summary>
    private Figure Rest()
    {
        var times = new Times();
        foreach (var (motif, seed) in Cases())
        {
            var (whole, settings) = (FrameOf(motif), Settings(Material.Continuation, seed));
            _composer.Prefill(whole.Motif with { Notes = whole.Motif.Notes[..^1] }, settings, () => false);
            var answer = new CurrentAnswer();
            answer.Begin(whole);
            var lines = new AnswerLines(_composer, answer);
            times.Add(() => lines.TryGet(0, 0, settings, () => false));
        }
        return times.ToFigure("left to do at the bar line", "the motif's last note read, the first bar made");
    }

    private IEnumerable<(int Motif, int Seed)> Cases()
    {
        const int Motifs = 8;
        for (var i = 0; i < _rounds * Motifs; i++)
            yield return (i % Motifs, i);
    }

    /// <returns>Notes of all candidates.</returns>
    private int Make(AnswerFrame frame, int candidates, in MusicSettings settings)
    {
        var answer = new CurrentAnswer();
        answer.Begin(frame);
        var lines = new AnswerLines(_composer, answer);
        while (lines.TryMakeAhead(0, candidates, Bars, settings, () => false))
        {
        }
        return Enumerable.Range(0, candidates).Sum(candidate => lines.Find(candidate)!.Bars.Sum(bar => bar.Notes.Length));
    }

    private sealed class Times
    {
        private readonly List<double> _processorMs = [];
        private readonly List<double> _wallMs = [];

        public int Count => _wallMs.Count;

        public void Add(Action work)
        {
            var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            work();
            _processorMs.Add((Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
            _wallMs.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        public Figure ToFigure(string what, string note)
        {
            var wall = new Distribution(_wallMs);
            return Figure.Of(Part, what, "ms", new Distribution(_processorMs)) with
            {
                Note = FormattableString.Invariant($"{Count} times; {note}; by the clock {wall.Median:F1}, least {wall.Min:F1} ms"),
            };
        }
    }
}
