using System.Globalization;
using MidiMuse.Core.Clips;
using MidiMuse.Host.Loading;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Plugins;
using MidiMuse.Host.Transport;

namespace MidiMuse.Host.Motifs;

/// <summary>A motif to play and what is wanted of the answer.</summary>
public sealed record MotifPlan
{
    public required IReadOnlyList<InputNote> Motif { get; init; }

    /// <summary>A recording to sing into the audio input instead of playing the notes, which then only say how long it is.</summary>
    // [samples] f32, at SampleRateHz
    public ReadOnlyMemory<float> Recording { get; init; }

    /// <summary>Bars of answer, at least 1.</summary>
    public required int Bars { get; init; }

    public TransportScript Transport { get; init; } = new();

    public double SampleRateHz { get; init; } = 48000;

    public BlockSizes Blocks { get; init; } = BlockSizes.Fixed(512);

    public bool IsRealtime { get; init; }

    /// <summary>The plugin's own sound is switched on and kept.</summary>
    public bool RecordsAudio { get; init; }

    /// <summary>Quarter notes that are played on after the answer, so that its last notes can end.</summary>
    public double TailPpq { get; init; } = 1;

    /// <summary>Parameters by title, values as display text or plain number; they override what the session sets itself.</summary>
    public IReadOnlyList<(string Title, string Value)> Settings { get; init; } = [];

    public IReadOnlyList<AutomationPoint> Automation { get; init; } = [];

    /// <summary>What the host does besides.</summary>
    public IReadOnlyList<HostAction> Actions { get; init; } = [];

    public CancellationToken Cancellation { get; init; }

    /// <summary>The notes of a clip, whatever track they are on.</summary>
    public static IReadOnlyList<InputNote> NotesOf(Clip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return [.. clip.Notes.Select(n => new InputNote(clip.ToPpq(n.OnsetTick), clip.ToPpq(Math.Max(1, n.DurationTicks)), n.Pitch, n.Velocity, n.Channel))];
    }
}

/// <summary>A motif was played and something came back. Positions are played quarter notes.</summary>
/// <param name="Answer">Notes that began within the bars of the answer.</param>
public sealed record MotifResult(PerformanceResult Performance, IReadOnlyList<EmittedNote> Answer, double AnswerStartPpq, double AnswerEndPpq)
{
    /// <summary>What the plugin says in its own clips of where the answer comes from: model, seed, originality.</summary>
    public IReadOnlyList<string> Provenance { get; init; } = [];
}

/// <summary>Arms a plugin, plays a motif into it and takes down the answer, as a player would.</summary>
public sealed class MotifSession
{
    /// <summary>A first note this short before a bar line is meant to be on it.</summary>
    private const double EarlyPpq = 0.125;

    private const double TolerancePpq = 1.0 / 192;

    private static readonly int[] CaptureLengths = [1, 2, 4, 8];

    private readonly HostedPlugin _plugin;
    private readonly MotifPlan _plan;
    private readonly int _motifBars;
    private readonly double _motifStartPpq;

    public MotifSession(HostedPlugin plugin, MotifPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Motif.Count == 0)
            throw new ArgumentException("A motif has at least one note.", nameof(plan));
        _plugin = plugin;
        _plan = plan;
        var meters = plan.Transport.Meters;
        _motifStartPpq = meters.BarAt(plan.Motif.Min(n => n.OnsetPpq) + EarlyPpq).StartPpq;
        var lastOnset = plan.Motif.Max(n => n.OnsetPpq);
        _motifBars = meters.BarAt(lastOnset + EarlyPpq).Index - meters.BarAt(_motifStartPpq).Index + 1;
        CaptureBars = ApplySettings();
        AnswerStartPpq = meters.BarLineAfter(_motifStartPpq, CaptureBars);
        AnswerEndPpq = meters.BarLineAfter(AnswerStartPpq, plan.Bars);
    }

    /// <summary>Bars from the motif's first bar line to the answer.</summary>
    public int CaptureBars { get; }

    public double AnswerStartPpq { get; }

    public double AnswerEndPpq { get; }

    public double EndPpq => AnswerEndPpq + _plan.TailPpq;

    public MotifResult Run(Action<Performance>? onProgress = null)
    {
        var performance = new Performance(_plugin, new PerformancePlan
        {
            Transport = _plan.Transport,
            Notes = _plan.Recording.IsEmpty ? _plan.Motif : [],
            AudioInput = _plan.Recording,
            Automation = _plan.Automation,
            Actions = _plan.Actions,
            EndPpq = EndPpq,
            SampleRateHz = _plan.SampleRateHz,
            Blocks = _plan.Blocks,
            IsRealtime = _plan.IsRealtime,
            RecordsAudio = _plan.RecordsAudio,
            Cancellation = _plan.Cancellation,
        });
        var result = performance.Run(onProgress);
        var answer = result.Pairing.Notes.Where(n => n.OnsetPpq >= AnswerStartPpq - TolerancePpq && n.OnsetPpq < AnswerEndPpq - TolerancePpq && !IsPlayed(n));
        return new MotifResult(result, [.. answer], AnswerStartPpq, AnswerEndPpq) { Provenance = PluginClip.Texts(_plugin) };
    }

    /// <summary>Thru gives back what was played along with.</summary>
    private bool IsPlayed(EmittedNote note) =>
        _plan.Motif.Any(played => played.Pitch == note.Pitch && played.Channel == note.Channel && Math.Abs(played.OnsetPpq - note.OnsetPpq) < TolerancePpq);

    /// <summary>Sets what the plugin has of arm, capture and length, then the caller's settings.</summary>
    /// <returns>Bars that the plugin will listen to.</returns>
    private int ApplySettings()
    {
        TrySet("Arm", "On");
        if (!_plan.Recording.IsEmpty)
            _plugin.SetByText("Audio motif", "On");
        TrySet("Answer length", _plan.Bars == 1 ? "1 bar" : $"{_plan.Bars} bars", "Until stopped");
        string[] captures = [.. CaptureLengths.Where(bars => bars >= _motifBars).Select(bars => bars == 1 ? "1 bar" : $"{bars} bars"), "Silence"];
        TrySet("Capture", captures);
        if (_plan.Settings.Any(setting => setting is { Title: "Mode", Value: "Accompany" }))
            TrySet("Capture", "1 bar"); // it comes in while the motif is played
        if (_plan.RecordsAudio)
            _plugin.SetByText("Preview", "On");
        foreach (var (title, value) in _plan.Settings)
            _plugin.SetByText(title, value);
        return CapturedBars();
    }

    /// <summary>The first of some texts that the parameter knows; a plugin without it is no fault.</summary>
    private void TrySet(string title, params string[] texts)
    {
        if (_plugin.FindParameter(title) is not { } parameter)
            return;
        foreach (var text in texts)
        {
            if (!ParameterText.TryParse(_plugin, parameter, text, out var normalized))
                continue;
            _plugin.SetNormalized(parameter, normalized);
            return;
        }
        throw new Vst3Exception($"{title} has no value {string.Join(" or ", texts)}.");
    }

    private int CapturedBars()
    {
        if (_plugin.FindParameter("Capture") is not { } parameter)
            return _motifBars;
        var text = _plugin.DisplayText(parameter, _plugin.GetNormalized(parameter));
        var number = text.Split(' ')[0];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var bars) ? bars : _motifBars + 1; // a bar of silence ends it
    }
}
