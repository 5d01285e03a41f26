using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Engine.Planning;

/// <summary>What one bar may be.</summary>
public readonly record struct BarOrder
{
    /// <summary>The bar in grid ticks from the phrase's start.</summary>
    public required long StartTick { get; init; }

    public required long EndTick { get; init; }

    /// <summary>Number of the bar in its answer; with the seed it makes the draw repeatable.</summary>
    public required int BarIndex { get; init; }

    /// <summary>0 is the answer that the seed gives; other numbers are other draws of the same bar.</summary>
    public int Draw { get; init; }

    public required int Seed { get; init; }

    /// <summary>So many takes are drawn, and the one is kept on which they agree most.</summary>
    public int Takes { get; init; } = 1;

    public required double Temperature { get; init; }

    public required double TopP { get; init; }

    public required NoteConstraints Constraints { get; init; }

    /// <summary>What steers the bar beside its constraints.</summary>
    public BarSteering[] Steering { get; init; } = [];

    /// <summary>Notes after the bar that are decided already, in phrase ticks: a model that can infill leads up to them.</summary>
    public GridNote[] Future { get; init; } = [];

    /// <summary>
    /// Notes of the bar that are decided already, sorted by onset, then pitch. A model that can draws around them; what
    /// does not fit is left out afterwards.
    /// </summary>
    public GridNote[] Given { get; init; } = [];

    public BarOrder()
    {
    }
}

public enum ComposeOutcome
{
    Complete,

    /// <summary>Given up because the bar would have come too late.</summary>
    TooLate,

    /// <summary>The model failed; see <see cref="IContinuationModel.Fault"/>.</summary>
    Failed,
}

/// <summary>A model that continues a phrase bar by bar. One for each instance of the plugin; [engine] only.</summary>
public interface IContinuationModel : IDisposable
{
    /// <summary>Name and content hash of the weights, for the state and the clip's provenance.</summary>
    string Identity { get; }

    /// <summary>Where it runs, why, and what was measured. The same object until something changes. Any thread.</summary>
    DeviceReport Devices => DeviceReport.CpuOnly;

    /// <summary>What makes variations, morphs and surprises, or null.</summary>
    PatternComposer? Patterns => null;

    /// <summary>Why the model cannot play any more, or null.</summary>
    string? Fault { get; }

    /// <summary>Where the player wants it to run. Takes effect at the beginning of a phrase, once a device is found fit.</summary>
    void Prefer(DevicePreference preference)
    {
    }

    /// <summary>From now on the model of this number answers, where there is a choice (<see cref="Parameters.ParameterTable.EngineModels"/>).</summary>
    void Use(int engineModel)
    {
    }

    /// <summary>From now on what the conditions change is multiplied by this: 1 is the network's own answer to them.</summary>
    void Guide(double guidance)
    {
    }

    /// <summary>
    /// Makes the model's memory hold exactly this phrase. Only what differs from the last call is run, so calling it
    /// with a growing motif while it is played prefills the model.
    /// </summary>
    /// <param name="mustGiveUp">Asked now and then; true leaves the memory at what has been read so far.</param>
    /// <returns>False where it was given up.</returns>
    bool Hear(PhraseContext context, ReadOnlySpan<GridNote> notes, Func<bool> mustGiveUp);

    /// <summary>Draws one bar that follows what was heard. What was drawn counts as heard only once it is heard.</summary>
    /// <param name="notes">Receives the notes in phrase ticks; cleared first.</param>
    /// <param name="isTooLate">Asked before every note.</param>
    /// <param name="logLikelihood">Nats of the drawn bar.</param>
    ComposeOutcome ComposeBar(in BarOrder order, List<GridNote> notes, Func<bool> isTooLate, out double logLikelihood);
}
