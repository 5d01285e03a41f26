using System.Globalization;
using System.Runtime.InteropServices;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;
using MidiMuse.Perf.Measurements;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf;

/// <summary>All measurements, one after the other: two at a time would measure each other.</summary>
internal sealed class PerfRun
{
    private readonly bool _isQuick;
    private readonly Action<string> _onProgress;

    /// <param name="isQuick">Fewer rounds: whether everything works, not figures to keep.</param>
    public PerfRun(bool isQuick, Action<string> onProgress)
    {
        _isQuick = isQuick;
        _onProgress = onProgress;
    }

    public PerfReport Measure()
    {
        var bundle = BuiltBundle.Find();
        NativeRuntime.UseDirectory(bundle.Binaries);
        var loadAtStart = Machine.LoadAverage();
        using var model = SharedModel.Acquire(bundle.ModelFolder);
        var native = new NativeHosts(bundle);
        List<Figure> figures = [];

        _onProgress("model steps");
        using (var steps = new ModelSteps(model, bundle.ModelFolder))
            figures.AddRange(steps.Measure(rounds: _isQuick ? 10 : 100));
        figures.AddRange(PlanLead.Measure(bundle.ModelFolder, Motifs, _onProgress));
        figures.AddRange(FirstAnswer.Measure(bundle, Motifs, _onProgress));
        _onProgress("process() under garbage");
        figures.AddRange(native.ProcessUnderGarbage(_isQuick ? 3 : 15, _isQuick ? 1 : 2));
        _onProgress("memory");
        figures.AddRange(native.Memory());
        _onProgress("time to load");
        figures.AddRange(native.LoadTimes(processes: _isQuick ? 2 : 7));
        figures.AddRange(bundle.Sizes());

        return new PerfReport(
            Machine.Processor(),
            Environment.ProcessorCount,
            $"{model.Description.Name} {model.Description.Version}",
            model.Hash,
            Configuration(),
            DateTime.UtcNow,
            [loadAtStart, Machine.LoadAverage()],
            figures);
    }

    private int Motifs => _isQuick ? 4 : 20;

    private SortedDictionary<string, string> Configuration() => new(StringComparer.Ordinal)
    {
        ["measurements"] = "1", // grows when a measurement changes its meaning
        ["quick"] = _isQuick ? "yes" : "no",
        ["system"] = RuntimeInformation.RuntimeIdentifier,
        ["runtime"] = Environment.Version.ToString(),
        ["block"] = FirstAnswer.BlockSamples.ToString(CultureInfo.InvariantCulture),
        ["sample rate"] = FirstAnswer.SampleRateHz.ToString(CultureInfo.InvariantCulture),
        ["tempo"] = FirstAnswer.TempoBpm.ToString(CultureInfo.InvariantCulture),
    };
}
