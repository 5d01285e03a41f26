using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Runtime;

/// <summary>Opens a graph of a model folder and checks what it takes and gives.</summary>
internal static class GraphFile
{
    /// <summary>Inputs and outputs are given as a name and a shape.</summary>
    /// <exception cref="ModelException">Damaged, GraphMismatch or RuntimeFailed.</exception>
    public static InferenceSession Open(ModelFolder folder, string file, (string Name, int[] Shape)[] inputs, (string Name, int[] Shape)[] outputs)
    {
        var session = OnnxSessions.Open(folder.PathOf(file));
        try
        {
            Check(file, "inputs", session.InputMetadata, inputs);
            Check(file, "outputs", session.OutputMetadata, outputs);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void Check(string file, string what, IReadOnlyDictionary<string, NodeMetadata> found, (string Name, int[] Shape)[] expected)
    {
        var foundText = found.Select(f => Text(f.Key, f.Value.Dimensions)).Order(StringComparer.Ordinal).ToArray();
        var expectedText = expected.Select(e => Text(e.Name, e.Shape)).Order(StringComparer.Ordinal).ToArray();
        if (!foundText.SequenceEqual(expectedText))
            throw new ModelException(ModelFault.GraphMismatch, $"{file} has the {what} {string.Join(", ", foundText)} instead of {string.Join(", ", expectedText)}.");
    }

    private static string Text(string name, int[] shape) => $"{name}[{string.Join(' ', shape)}]";
}
