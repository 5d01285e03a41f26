using System.Globalization;
using System.Runtime.InteropServices;
using MidiMuse.Engine.Planning;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;
using MidiMuse.Perf.Measurements;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf;

/// <summary>All measurements, one after the other: two at a time would measure each other.</summary>
internal sealed class PerfRun : IDisposable
{
    private readonly BuiltBundle _bundle = BuiltBundle.Find();
    private readonly SharedModel _model;
    private readonly bool _isQuick;
    private readonly Action<string> _onProgress;

    /// <param name="isQuick">Fewer rounds: whether everything works, not figures to keep.</param>
    public PerfRun(bool isQuick, Action<string> onProgress)
    {
        _isQuick = isQuick;
        _onProgress = onProgress;
        NativeRuntime.UseDirectory(_bundle.Binaries);
        _model = SharedModel.Acquire(_bundle.ModelFolder);
    }

    private int Motifs => _isQuick ? 4 : 20;

    /// <summary>The report without its figures: enough to see what it can be compared with.</summary>
    public PerfReport Describe()
    {
        var load = Machine.LoadAverage();
        return new PerfReport(
            Machine.Processor(),
            Environment.ProcessorCount,
            $"{_model.Description.Name} {_model.Description.Version}",
            _model.Hash,
            Configuration(),
            DateTime.UtcNow,
            [load, load],
            []);
    }

    public PerfReport Measure()
    {
        var report = Describe();
        var native = new NativeHosts(_bundle);
        List<Figure> figures = [];
        figures.AddRange(ModelComparison.Measure(_bundle.Models, _isQuick ? 10 : 100, _onProgress));
        figures.AddRange(WholeAnswers.Measure(_bundle.Models, _isQuick ? 2 : 13, _onProgress));
        figures.AddRange(PlanLead.Measure(_bundle.ModelFolder, Motifs, _onProgress));
        figures.AddRange(FirstAnswer.Measure(_bundle, Motifs, _onProgress));
        _onProgress("process() under garbage");
        figures.AddRange(native.ProcessUnderGarbage(_isQuick ? 3 : 15, _isQuick ? 1 : 2));
        figures.AddRange(MeasureEditor());
        _onProgress("memory");
        figures.AddRange(native.Memory());
        _onProgress("time to load");
        figures.AddRange(native.LoadTimes(processes: _isQuick ? 2 : 7));
        figures.AddRange(_bundle.Sizes());
        return report with { Figures = figures, LoadAverage = [report.LoadAverage[0], Machine.LoadAverage()] };
    }

    /// <summary>The editor's figures alone.</summary>
    public IEnumerable<Figure> MeasureEditor()
    {
        using var display = VirtualDisplay.StartIfNeeded();
        using (var model = new ModelContinuation(SharedModel.Acquire(_bundle.ModelFolder)))
        {
            foreach (var figure in EditorFrames.Measure(model, _isQuick ? 60 : 600, _isQuick ? 5 : 30, _onProgress))
                yield return figure;
        }
        if (!display.IsThere)
            yield break;
        _onProgress("process() beside the editor");
        foreach (var figure in new NativeHosts(_bundle).ProcessBesideEditor(_isQuick ? 2 : 8, _isQuick ? 1 : 3))
            yield return figure;
    }

    public void Dispose() => _model.Dispose();

    private SortedDictionary<string, string> Configuration() => new(StringComparer.Ordinal)
    {
        ["measurements"] = "3", // grows when a measurement changes its meaning
        ["quick"] = _isQuick ? "yes" : "no",
        ["system"] = RuntimeInformation.RuntimeIdentifier,
        ["runtime"] = Environment.Version.ToString(),
        ["block"] = FirstAnswer.BlockSamples.ToString(CultureInfo.InvariantCulture),
        ["sample rate"] = FirstAnswer.SampleRateHz.ToString(CultureInfo.InvariantCulture),
        ["tempo"] = FirstAnswer.TempoBpm.ToString(CultureInfo.InvariantCulture),
    };
}
