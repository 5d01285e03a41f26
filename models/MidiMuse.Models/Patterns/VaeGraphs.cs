using MidiMuse.Core.Patterns;
using MidiMuse.Models.Onnx;
using static MidiMuse.Models.Onnx.Protos.TensorProto.Types;

namespace MidiMuse.Models.Patterns;

/// <summary>The ONNX graphs of a VAE trained by models/training/train_vae.py: one pattern of sixteen quarters a run.</summary>
public sealed class VaeGraphs
{
    private const int Quarters = PatternVocabulary.Quarters;

    private readonly TensorFile _weights;
    private readonly int _width;
    private readonly int _stepWidth;
    private readonly int _noteWidth;

    /// <exception cref="InvalidDataException">The weights lack their sizes, or were trained for another vocabulary.</exception>
    public VaeGraphs(TensorFile weights)
    {
        PatternWeights.CheckVocabulary(weights);
        _weights = weights;
        _width = Size("width");
        _stepWidth = Size("step_width");
        _noteWidth = Size("note_width");
        Latent = Size("latent");
    }

    public int Latent { get; }

    /// <summary>features f32 [16, 712], conditions [1, 25], coverage [16, 1] to latent [16, D].</summary>
    public byte[] Encoder()
    {
        var graph = new GraphBuilder("encoder");
        var features = graph.Input("features", DataType.Float, Quarters, PatternVocabulary.QuarterFeatures);
        var (x, active) = QuartersOf(graph, "encoder", features, PatternVocabulary.QuarterFeatures, Size("encoder_blocks"));
        // The first half of the posterior's rows are its means.
        var weight = _weights.Get("posterior.weight", 2 * Latent, _width);
        var bias = _weights.Get("posterior.bias", 2 * Latent);
        var means = graph.Linear(x, weight with { Shape = [Latent, _width], Values = weight.Values[..(Latent * _width)] }, bias with { Shape = [Latent], Values = bias.Values[..Latent] });
        graph.Output(graph.Node("Mul", [means, active]), "latent", Quarters, Latent);
        return graph.ToBytes();
    }

    /// <summary>latent f32 [16, D], conditions [1, 25], coverage [16, 1] to count [128, 7], pitch [128, 73], low_duration and high_duration [128, 16].</summary>
    public byte[] Decoder()
    {
        var graph = new GraphBuilder("decoder");
        var latent = graph.Input("latent", DataType.Float, Quarters, Latent);
        var (x, _) = QuartersOf(graph, "decoder", latent, Latent, Size("decoder_blocks"));
        var wide = graph.Node("Relu", [Linear(graph, x, "steps", _width, PatternVocabulary.StepsPerQuarter * _stepWidth)]);
        var steps = graph.Node("Reshape", [wide, graph.Integers("steps_shape", PatternVocabulary.Steps, _stepWidth)]);
        var note = graph.Node("Relu", [Linear(graph, steps, "note", _stepWidth, _noteWidth)]);
        Output(graph, steps, "count", _stepWidth, PatternVocabulary.Counts);
        Output(graph, note, "pitch", _noteWidth, PatternVocabulary.Pitches);
        Output(graph, note, "low_duration", _noteWidth, PatternVocabulary.Durations);
        Output(graph, note, "high_duration", _noteWidth, PatternVocabulary.Durations);
        return graph.ToBytes();
    }

    /// <summary>What vae.py's Quarters does; also which quarters are covered, f32 [16, 1].</summary>
    private (string X, string Active) QuartersOf(GraphBuilder graph, string name, string x, int inputs, int blocks)
    {
        var conditions = graph.Input("conditions", DataType.Float, 1, PatternVocabulary.Conditions);
        var coverage = graph.Input("coverage", DataType.Float, Quarters, 1);
        var active = graph.Node("Sign", [coverage]);
        x = Linear(graph, x, $"{name}.input", inputs, _width);
        x = graph.Node("Add", [x, PatternWeights.Product(graph, _weights, conditions, $"{name}.conditions", PatternVocabulary.Conditions, _width)]);
        x = graph.Node("Add", [x, PatternWeights.Product(graph, _weights, coverage, $"{name}.coverage", 1, _width)]);
        x = graph.Node("Add", [x, PatternWeights.Weight(graph, _weights, $"{name}.place", Quarters, _width)]);
        for (var block = 0; block < blocks; block++)
            x = Mixer(graph, x, active, $"{name}.blocks.{block}");
        return (x, active);
    }

    private string Mixer(GraphBuilder graph, string x, string active, string name)
    {
        // Quarters are rows here, so mixing them is a product from the left.
        var y = graph.Node("Mul", [Norm(graph, x, $"{name}.token_norm"), active]);
        y = graph.Node("MatMul", [PatternWeights.Weight(graph, _weights, $"{name}.token.weight", Quarters, Quarters), y]);
        var bias = _weights.Get($"{name}.token.bias", Quarters);
        x = graph.Node("Add", [x, graph.Node("Add", [y, graph.Weight(bias.Name, bias.Values, Quarters, 1)])]);
        var up = Linear(graph, Norm(graph, x, $"{name}.channel_norm"), $"{name}.channel_in", _width, 2 * _width);
        return graph.Node("Add", [x, Linear(graph, graph.Node("Relu", [up]), $"{name}.channel_out", 2 * _width, _width)]);
    }

    /// <summary>Over the last axis with an epsilon of 1e-5: the defaults of ONNX and of PyTorch.</summary>
    private string Norm(GraphBuilder graph, string x, string name) =>
        graph.Node("LayerNormalization", [x, PatternWeights.Weight(graph, _weights, $"{name}.weight", _width), PatternWeights.Weight(graph, _weights, $"{name}.bias", _width)]);

    private void Output(GraphBuilder graph, string x, string name, int inputs, int classes) =>
        graph.Output(Linear(graph, x, name, inputs, classes), name, PatternVocabulary.Steps, classes);

    private string Linear(GraphBuilder graph, string x, string name, int inputs, int outputs) =>
        PatternWeights.Linear(graph, _weights, x, name, inputs, outputs);

    private int Size(string name) => PatternWeights.Size(_weights, name);
}
