using System.Globalization;
using MidiMuse.Core.Patterns;
using MidiMuse.Models.Onnx;

namespace MidiMuse.Models.Patterns;

/// <summary>Weights of a VAE or a GAN with their sizes.</summary>
internal static class PatternWeights
{
    /// <exception cref="InvalidDataException">The weights were trained for another vocabulary.</exception>
    public static void CheckVocabulary(TensorFile weights)
    {
        if (Size(weights, "vocabulary") != PatternVocabulary.Version)
            throw new InvalidDataException($"The weights were trained for pattern vocabulary {Size(weights, "vocabulary")}, this is {PatternVocabulary.Version}.");
    }

    /// <exception cref="InvalidDataException">The metadata lack the size.</exception>
    public static int Size(TensorFile weights, string name) =>
        weights.Metadata.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new InvalidDataException($"The weights' metadata name no {name}.");

    /// <summary>x · weightᵀ + bias.</summary>
    public static string Linear(GraphBuilder graph, TensorFile weights, string x, string name, int inputs, int outputs) =>
        graph.Linear(x, weights.Get($"{name}.weight", outputs, inputs), weights.Get($"{name}.bias", outputs));

    /// <summary>x · weightᵀ.</summary>
    public static string Product(GraphBuilder graph, TensorFile weights, string x, string name, int inputs, int outputs) =>
        graph.Node("MatMul", [x, graph.Node("Transpose", [Weight(graph, weights, $"{name}.weight", outputs, inputs)])]);

    public static string Weight(GraphBuilder graph, TensorFile weights, string name, params int[] shape) =>
        graph.Weight(name, weights.Get(name, shape).Values, shape);
}
