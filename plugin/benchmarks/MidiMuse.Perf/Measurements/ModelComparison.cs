using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Measurements;

/// <summary>Every model of a folder, one after the other: single notes after a short phrase and after a long one.</summary>
internal static class ModelComparison
{
    private const int ShortPhraseBars = 2;

    /// <summary>160 notes: as much as a Transformer with a memory of 256 holds before it forgets.</summary>
    private const int LongPhraseBars = 40;

    public static IEnumerable<Figure> Measure(string models, int rounds, Action<string> onProgress)
    {
        foreach (var folder in Directory.GetDirectories(models).Where(IsModel).Order(StringComparer.Ordinal))
        {
            foreach (var model in Variants(folder))
            {
                foreach (var bars in (int[])[ShortPhraseBars, LongPhraseBars])
                {
                    onProgress($"{model.Description.Name}: steps after {bars} bars");
                    using var steps = new ModelSteps(model, bars);
                    foreach (var figure in steps.Measure(rounds))
                        yield return figure;
                }
                model.Dispose();
            }
        }
    }

    /// <summary>A model as it plays, and a Transformer through ONNX Runtime beside it.</summary>
    private static IEnumerable<SharedModel> Variants(string folder)
    {
        var model = SharedModel.Acquire(folder);
        var isTransformer = model.Description.Heads > 0;
        yield return model;
        if (isTransformer)
            yield return SharedModel.Acquire(folder, Device.CpuGraphs);
    }

    private static bool IsModel(string folder) => File.Exists(Path.Combine(folder, ModelFolder.DescriptionFile)) && File.Exists(Path.Combine(folder, "backbone.onnx"));
}
