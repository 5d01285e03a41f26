using System.Diagnostics;
using System.Globalization;
using System.Text;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Gan;
using MidiMuse.Inference.Patterns;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Vae;

namespace MidiMuse.Models.Patterns;

/// <summary>
/// Measures a VAE and a GAN on held-out windows through the plugin's own code: what comes back, how far variations are,
/// how even the way between two motifs is, how proposed bars differ from real ones, and how long it takes.
/// </summary>
public sealed class PatternReport
{
    private const int Positions = 8;

    private static readonly double[] Amounts = [0, 0.25, 0.5, 0.75, 1];

    private static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11];

    /// <summary>With the raised sixth and seventh degrees.</summary>
    private static readonly int[] Minor = [0, 2, 3, 5, 7, 8, 9, 10, 11];

    private readonly VaeSession _vae;
    private readonly GanSession? _gan;
    private readonly MotifVariations _variations;
    private readonly BarProposals? _proposals;
    private readonly PatternWriter _writer = new();
    private readonly GridNote[] _notes = new GridNote[512];
    private readonly PatternNote[] _pattern = new PatternNote[1024];
    private readonly List<double> _varyMs = [];
    private readonly List<double> _morphMs = [];
    private readonly List<double> _proposeMs = [];

    public PatternReport(VaeSession vae, GanSession? gan)
    {
        _vae = vae;
        _gan = gan;
        _variations = new MotifVariations(vae);
        _proposals = gan is null ? null : new BarProposals(gan);
    }

    /// <param name="windows">By role, in a fixed order.</param>
    public string Write(IReadOnlyDictionary<Role, IReadOnlyList<PatternWindow>> windows)
    {
        var text = new StringBuilder();
        text.AppendLine("### There and back: F1 of notes (step and pitch), F1 of onsets, durations met\n").AppendLine("| role | windows | 2 bars | 4 bars |").AppendLine("|---|---|---|---|");
        foreach (var (role, list) in windows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Name(role)} | {list.Count} | {Reconstruction(list, 2)} | {Reconstruction(list, 4)} |");
        text.AppendLine("\n### Likeness (F1 of notes) of a variation to its motif, by amount; beside it another window of the role\n")
            .AppendLine(CultureInfo.InvariantCulture, $"| role | {string.Join(" | ", Amounts.Select(a => a.ToString("0.00", CultureInfo.InvariantCulture)))} | other music |").AppendLine("|---|---|---|---|---|---|---|");
        foreach (var (role, list) in windows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Name(role)} | {string.Join(" | ", Amounts.Select(a => F(list.Average(w => Likeness(w.Notes, Varied(w, a))))))} | {F(list.Zip(list.Skip(1), (a, b) => Likeness(a.Notes, b.Notes)).DefaultIfEmpty(0).Average())} |");
        text.AppendLine("\n### Morph in eight steps, without octaves: distance (1 - F1) of the ends, of neighbours (mean, largest), and how much longer the way is than straight\n")
            .AppendLine("| role | pairs | ends | neighbours | largest | way / ends |").AppendLine("|---|---|---|---|---|---|");
        foreach (var (role, list) in windows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Name(role)} | {Morphs(list)} |");
        if (_gan is not null)
        {
            text.AppendLine("\n### Bars proposed by the GAN beside the real next bars\n")
                .AppendLine("Notes a bar (mean ± deviation), entropy of pitch classes in bits, share in the key's scale, F1 with the bar before, exact repetitions of it, F1 with what really followed.\n")
                .AppendLine("| role | | notes | entropy | in key | like last bar | repeated | like real |").AppendLine("|---|---|---|---|---|---|---|---|");
            foreach (var (role, list) in windows)
                text.Append(Proposals(role, list));
        }
        text.AppendLine("\n### Time of a bar on this machine, one thread, ms (median, 99th percentile)\n").AppendLine("| | median | p99 |").AppendLine("|---|---|---|");
        foreach (var (name, times) in new[] { ("vary", _varyMs), ("morph", _morphMs), ("surprise", _proposeMs) })
        {
            if (times.Count > 0)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {Percentile(times, 0.5):0.00} | {Percentile(times, 0.99):0.00} |");
        }
        return text.ToString();
    }

    private static string Name(Role role) => role.ToString().ToLowerInvariant();

    private static string F(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static double Percentile(List<double> values, double share) => values.Order().ElementAt((int)Math.Min(values.Count - 1, share * values.Count));

    private static PatternMotif Motif(PatternWindow window, int bars) => new(
        [.. window.Notes.Where(n => n.OnsetTick < bars * window.Meter.BarTicks)],
        window.Meter,
        window.Role,
        window.Key,
        bars);

    /// <summary>F1 of notes that agree in step and pitch, or pitch modulo an interval.</summary>
    private static double Likeness(IEnumerable<GridNote> a, IEnumerable<GridNote> b, int modulo = 128)
    {
        var left = a.Select(n => (PatternVocabulary.StepFromTick((int)n.OnsetTick), n.Pitch % modulo)).ToHashSet();
        var right = b.Select(n => (PatternVocabulary.StepFromTick((int)n.OnsetTick), n.Pitch % modulo)).ToHashSet();
        return left.Count + right.Count == 0 ? 1 : 2.0 * left.Intersect(right).Count() / (left.Count + right.Count);
    }

    private static PatternBar Bar(PatternMotif motif, int index, int seed) => new()
    {
        StartTick = (long)index * motif.Meter.BarTicks,
        EndTick = (long)(index + 1) * motif.Meter.BarTicks,
        Index = index,
        Seed = seed,
        Constraints = NoteConstraints.None,
    };

    private string Reconstruction(IReadOnlyList<PatternWindow> windows, int bars)
    {
        double both = 0, all = 0, onsets = 0, onsetsAll = 0, durations = 0, met = 0;
        foreach (var window in windows.Where(w => w.Bars >= bars))
        {
            var motif = Motif(window, bars);
            var header = motif.HeaderOf(bars);
            var frame = PatternFrame.Of(motif.Notes, motif.Key, motif.Role);
            var source = _pattern[..PatternReader.Read(motif.Notes, 0, header.Steps, frame, _pattern)];
            var latent = new float[_vae.LatentLength];
            _vae.Encode(header, source, latent);
            var random = new Xoshiro256(1);
            var request = new PatternRequest
            {
                FirstStep = 0,
                StartTick = 0,
                EndTick = (long)bars * motif.Meter.BarTicks,
                Frame = frame,
                Constraints = NoteConstraints.None,
                Velocities = new byte[PatternVocabulary.Steps],
            };
            var found = _notes[.._writer.Write(_vae.Decode(header, latent), request, ref random, _notes)]
                .Select(n => new PatternNote((byte)PatternVocabulary.StepFromTick((int)n.OnsetTick), (byte)frame.ToClass(n.Pitch), (byte)PatternVocabulary.DurationFromTicks(n.DurationTicks)))
                .ToDictionary(n => (n.Step, n.Pitch), n => n.Duration);
            var hits = source.Where(n => found.ContainsKey((n.Step, n.Pitch))).ToArray();
            both += 2 * hits.Length;
            all += source.Length + found.Count;
            met += hits.Count(n => found[(n.Step, n.Pitch)] == n.Duration);
            durations += hits.Length;
            var (steps, foundSteps) = (source.Select(n => n.Step).ToHashSet(), found.Keys.Select(k => k.Step).ToHashSet());
            onsets += 2 * steps.Intersect(foundSteps).Count();
            onsetsAll += steps.Count + foundSteps.Count;
        }
        return all == 0 ? "-" : $"{F(both / all)} · {F(onsets / onsetsAll)} · {F(met / Math.Max(1, durations))}";
    }

    private List<GridNote> Varied(PatternWindow window, double amount)
    {
        var motif = Motif(window, window.Bars);
        return AllBars(motif, i => _variations.Vary(motif, amount, Bar(motif, i, 1), _notes), _varyMs);
    }

    private List<GridNote> AllBars(PatternMotif motif, Func<int, int> write, List<double> times)
    {
        var all = new List<GridNote>();
        for (var bar = 0; bar < motif.Bars; bar++)
        {
            var began = Stopwatch.GetTimestamp();
            var count = write(bar);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            all.AddRange(_notes.Take(count));
        }
        return all;
    }

    private string Morphs(IReadOnlyList<PatternWindow> windows)
    {
        double ends = 0, neighbours = 0, largest = 0;
        var pairs = windows.Zip(windows.Skip(1)).Where(p => p.First.Meter == p.Second.Meter && p.First.Bars == p.Second.Bars).ToArray();
        foreach (var (first, second) in pairs)
        {
            var (from, to) = (Motif(first, first.Bars), Motif(second, second.Bars));
            var way = Enumerable.Range(0, Positions + 1)
                .Select(p => AllBars(from, i => _variations.Morph(from, to, p / (double)Positions, Bar(from, i, 1), _notes), _morphMs))
                .ToArray();
            var steps = way.Zip(way.Skip(1), (a, b) => 1 - Likeness(a, b, from.Role == Role.Drums ? 128 : 12)).ToArray();
            ends += 1 - Likeness(way[0], way[^1], from.Role == Role.Drums ? 128 : 12);
            neighbours += steps.Average();
            largest += steps.Max();
        }
        var n = Math.Max(1, pairs.Length);
        return $"{pairs.Length} | {F(ends / n)} | {F(neighbours / n)} | {F(largest / n)} | {F(Positions * neighbours / Math.Max(1e-9, ends))}";
    }

    private string Proposals(Role role, IReadOnlyList<PatternWindow> windows)
    {
        var (real, proposed) = (new BarMeasures(), new BarMeasures());
        for (var i = 0; i < windows.Count; i++)
        {
            var window = windows[i];
            var context = Motif(window, 1);
            if (window.Bars < 2 || context.Notes.Length == 0 || !_proposals!.Covers(context))
                continue;
            var barTicks = window.Meter.BarTicks;
            var next = window.Notes.Where(n => n.OnsetTick >= barTicks && n.OnsetTick < 2 * barTicks).Select(n => n with { OnsetTick = n.OnsetTick - barTicks }).ToArray();
            var began = Stopwatch.GetTimestamp();
            var count = _proposals.Propose(context, context.Notes, Bar(context, 1, i), _notes);
            _proposeMs.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            var bar = _notes[..count].Select(n => n with { OnsetTick = n.OnsetTick - barTicks }).ToArray();
            real.Add(window, context.Notes, next, next);
            proposed.Add(window, context.Notes, bar, next);
        }
        return $"| {Name(role)} | real | {real} |\n| | proposed | {proposed} |\n";
    }

    private sealed class BarMeasures
    {
        private readonly List<double> _notes = [];
        private readonly List<double> _entropy = [];
        private readonly List<double> _likeLast = [];
        private readonly List<double> _likeReal = [];
        private double _inKey;
        private double _keyed;
        private int _repeated;

        public void Add(PatternWindow window, GridNote[] last, GridNote[] bar, GridNote[] real)
        {
            _notes.Add(bar.Length);
            _likeLast.Add(Likeness(last, bar));
            _likeReal.Add(Likeness(real, bar));
            _repeated += Likeness(last, bar) == 1 ? 1 : 0;
            if (bar.Length > 0 && window.Role != Role.Drums)
                _entropy.Add(-bar.GroupBy(n => n.Pitch % 12).Select(g => g.Count() / (double)bar.Length).Sum(p => p * Math.Log2(p)));
            if (window.Key is not { } key)
                return;
            var scale = key.Mode == Core.Harmony.Mode.Major ? Major : Minor;
            _inKey += bar.Count(n => scale.Contains((n.Pitch + 12 - key.TonicPitchClass) % 12));
            _keyed += bar.Length;
        }

        public override string ToString()
        {
            if (_notes.Count == 0)
                return "- | - | - | - | - | -";
            var mean = _notes.Average();
            var deviation = Math.Sqrt(_notes.Average(n => (n - mean) * (n - mean)));
            var entropy = _entropy.Count == 0 ? "-" : _entropy.Average().ToString("0.00", CultureInfo.InvariantCulture);
            var inKey = _keyed == 0 ? "-" : F(_inKey / _keyed);
            return string.Create(CultureInfo.InvariantCulture, $"{mean:0.0} ± {deviation:0.0} | {entropy} | {inKey} | {F(_likeLast.Average())} | {F(_repeated / (double)_notes.Count)} | {F(_likeReal.Average())}");
        }
    }
}
