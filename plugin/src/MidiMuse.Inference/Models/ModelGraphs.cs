using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Models;

/// <summary>Opens the graphs of a model folder, checks what they take and give, and closes them together.</summary>
internal sealed class ModelGraphs(ModelFolder folder, ModelDevice device) : IDisposable
{
    private readonly List<ModelGraph> _opened = [];

    /// <exception cref="ModelException">Damaged, GraphMismatch or RuntimeFailed.</exception>
    public ModelGraph Open(string file, string[] inputs, string[] outputs)
    {
        var graph = ModelGraph.Open(folder.PathOf(file), device);
        _opened.Add(graph);
        CheckNames(file, "inputs", graph.Cpu.InputNames, inputs);
        CheckNames(file, "outputs", graph.Cpu.OutputNames, outputs);
        return graph;
    }

    public void Dispose()
    {
        foreach (var graph in _opened)
            graph.Dispose();
        _opened.Clear();
    }

    private static void CheckNames(string file, string what, IReadOnlyList<string> found, string[] expected)
    {
        if (!found.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)))
            throw new ModelException(ModelFault.GraphMismatch, $"{file} has the {what} {string.Join(", ", found)} instead of {string.Join(", ", expected)}.");
    }
}
