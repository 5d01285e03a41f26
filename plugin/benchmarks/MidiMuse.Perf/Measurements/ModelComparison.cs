using MidiMuse.Inference.Models;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Measurements;

/// <summary>Every model of a folder, one after the other: single notes after a short phrase and after a long one, and candidates.</summary>
internal static class ModelComparison
{
    private const int ShortPhraseBars = 2;

    /// <summary>160 notes: as much as a Transformer with a memory of 256 holds before it forgets.</summary>
    private const int LongPhraseBars = 40;

    public static IEnumerable<Figure> Measure(string models, int rounds, Action<string> onProgress)
    {
        foreach (var folder in Directory.GetDirectories(models).Where(IsModel).Order(StringComparer.Ordinal))
        {
            using var model = SharedModel.Acquire(folder);
            foreach (var bars in (int[])[ShortPhraseBars, LongPhraseBars])
            {
                onProgress($"{model.Description.Name}: steps after {bars} bars");
                using var steps = new ModelSteps(model, folder, bars);
                foreach (var figure in steps.Measure(rounds))
                    yield return figure;
            }
            onProgress($"{model.Description.Name}: candidates");
            foreach (var figure in CandidateSteps.Measure(model, rounds))
                yield return figure;
        }
    }

    private static bool IsModel(string folder) => File.Exists(Path.Combine(folder, ModelFolder.DescriptionFile)) && File.Exists(Path.Combine(folder, "backbone.onnx"));
}
