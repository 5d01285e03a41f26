using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Parameters;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// The networks that may answer, of which one is in use. The first is opened at once, another when it is asked for.
/// [engine]
/// </summary>
public sealed class ModelChoice : IContinuationModel
{
    private readonly Func<IContinuationModel>[] _openers;
    private readonly IContinuationModel?[] _opened;
    private readonly string?[] _problems;
    private int _used;

    /// <param name="openers">By <see cref="ParameterTable.EngineModels"/>.</param>
    /// <exception cref="ModelException">The first one cannot be opened.</exception>
    public ModelChoice(params Func<IContinuationModel>[] openers)
    {
        _openers = openers;
        _opened = new IContinuationModel?[openers.Length];
        _problems = new string?[openers.Length];
        _opened[0] = openers[0]();
    }

    public string Identity => InUse?.Identity ?? "";

    public DeviceReport Devices => InUse?.Devices ?? DeviceReport.CpuOnly;

    public string? Fault => InUse is { } model ? model.Fault : _problems[_used];

    /// <summary>Serves whichever network is in use. Owned.</summary>
    public PatternComposer? Patterns { get; init; }

    private IContinuationModel? InUse => _opened[_used];

    /// <param name="folder">Holds a folder for each network.</param>
    /// <exception cref="ModelException">The first network cannot be opened.</exception>
    public static ModelChoice Open(string folder, PatternComposer? patterns = null) =>
        new([.. ParameterTable.EngineModels.Select(model => (Func<IContinuationModel>)(() => new ModelContinuation(SharedModel.Acquire(Path.Combine(folder, model.Folder)))))])
        {
            Patterns = patterns,
        };

    public void Use(int engineModel)
    {
        _used = Math.Clamp(engineModel, 0, _openers.Length - 1);
        if (_opened[_used] is not null || _problems[_used] is not null)
            return;
        try
        {
            _opened[_used] = _openers[_used]();
        }
        catch (ModelException exception)
        {
            _problems[_used] = exception.Message;
        }
    }

    public void Guide(double guidance) => InUse?.Guide(guidance);

    public void Prefer(DevicePreference preference) => InUse?.Prefer(preference);

    public bool Hear(PhraseContext context, ReadOnlySpan<GridNote> notes, Func<bool> mustGiveUp) =>
        InUse is not { } model || model.Hear(context, notes, mustGiveUp);

    public ComposeOutcome ComposeBar(in BarOrder order, List<GridNote> notes, Func<bool> isTooLate, out double logLikelihood)
    {
        if (InUse is { } model)
            return model.ComposeBar(order, notes, isTooLate, out logLikelihood);
        notes.Clear();
        logLikelihood = 0;
        return ComposeOutcome.Failed;
    }

    public void Dispose()
    {
        Patterns?.Dispose();
        foreach (var model in _opened)
            model?.Dispose();
    }
}
