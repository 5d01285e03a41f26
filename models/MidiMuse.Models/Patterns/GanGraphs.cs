using MidiMuse.Core.Patterns;
using MidiMuse.Models.Onnx;
using static MidiMuse.Models.Onnx.Protos.TensorProto.Types;

namespace MidiMuse.Models.Patterns;

/// <summary>The ONNX graph of a GAN's generator trained by models/training/train_gan.py: one bar a run.</summary>
public sealed class GanGraphs
{
    /// <summary>BAR_QUARTERS of models/training/gan.py.</summary>
    public const int BarQuarters = 6;

    private readonly TensorFile _weights;
    private readonly int _width;
    private readonly int _blocks;

    /// <exception cref="InvalidDataException">The weights lack their sizes, or were trained for another vocabulary.</exception>
    public GanGraphs(TensorFile weights)
    {
        PatternWeights.CheckVocabulary(weights);
        _weights = weights;
        _width = PatternWeights.Size(weights, "width");
        _blocks = PatternWeights.Size(weights, "blocks");
        Latent = PatternWeights.Size(weights, "latent");
        Noise = PatternWeights.Size(weights, "noise");
    }

    public int Latent { get; }

    public int Noise { get; }

    /// <summary>previous f32 [1, 6 D], conditions [1, 25], coverage [1, 6], noise [1, N] to next [1, 6 D].</summary>
    public byte[] Generator()
    {
        var graph = new GraphBuilder("generator");
        var bar = BarQuarters * Latent;
        var coverage = graph.Input("coverage", DataType.Float, 1, BarQuarters);
        string[] inputs =
        [
            graph.Input("previous", DataType.Float, 1, bar),
            graph.Input("conditions", DataType.Float, 1, PatternVocabulary.Conditions),
            coverage,
            graph.Input("noise", DataType.Float, 1, Noise),
        ];
        var x = Linear(graph, graph.Node("Concat", inputs, GraphBuilder.Attribute("axis", 1)), "input", bar + PatternVocabulary.Conditions + BarQuarters + Noise, _width);
        for (var block = 0; block < _blocks; block++)
        {
            var up = graph.Node("Relu", [Linear(graph, x, $"blocks.{block}.up", _width, _width)]);
            x = graph.Node("Add", [x, Linear(graph, up, $"blocks.{block}.down", _width, _width)]);
        }
        var next = Linear(graph, graph.Node("Relu", [x]), "output", _width, bar);
        graph.Output(graph.Node("Mul", [next, Active(graph, coverage)]), "next", 1, bar);
        return graph.ToBytes();
    }

    /// <summary>1 for every value of a covered quarter: the signs of the coverage, each repeated. // [1, 6 D] f32</summary>
    private string Active(GraphBuilder graph, string coverage)
    {
        var bar = BarQuarters * Latent;
        var spread = new float[BarQuarters * bar];
        for (var value = 0; value < bar; value++)
            spread[(value / Latent * bar) + value] = 1;
        return graph.Node("MatMul", [graph.Node("Sign", [coverage]), graph.Weight("spread", spread, BarQuarters, bar)]);
    }

    private string Linear(GraphBuilder graph, string x, string name, int inputs, int outputs) =>
        PatternWeights.Linear(graph, _weights, x, name, inputs, outputs);
}
