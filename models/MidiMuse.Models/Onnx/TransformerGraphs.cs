using MidiMuse.Core.Events;
using static MidiMuse.Models.Onnx.Protos.TensorProto.Types;

namespace MidiMuse.Models.Onnx;

/// <summary>
/// The ONNX graphs of a Transformer trained by models/training/train_transformer.py. One backbone graph serves single
/// steps, chunked prefill and batches of candidates: GroupQueryAttention over keys and values in buffers of fixed
/// capacity, which the caller binds as past and present at once. Queries, keys and values are separate products, and
/// positions come from a RotaryEmbedding of their own, which is what DirectML's kernels take as well as the CPU's.
/// </summary>
public sealed class TransformerGraphs
{
    private const float Epsilon = 1e-6f;

    private readonly TensorFile _weights;
    private readonly int _feed;
    private readonly int _rotaryBase;

    /// <exception cref="InvalidDataException">The weights lack their sizes, or were trained for another vocabulary.</exception>
    public TransformerGraphs(TensorFile weights)
    {
        _weights = weights;
        if (weights.Size("vocabulary") != NoteEventVocabulary.Version)
            throw new InvalidDataException($"The weights were trained for vocabulary {weights.Size("vocabulary")}, this is {NoteEventVocabulary.Version}.");
        Width = weights.Size("width");
        Layers = weights.Size("layers");
        Heads = weights.Size("heads");
        Capacity = weights.Size("capacity");
        _feed = weights.Size("feed");
        _rotaryBase = weights.Size("rotary_base");
    }

    public int Width { get; }

    public int Layers { get; }

    public int Heads { get; }

    public int Capacity { get; }

    public EventHeadGraphs HeadGraphs => new(_weights, Width);

    /// <summary>
    /// events int64 [batch, steps, 18], position int64 [batch, steps], last_position int32 [batch] (position of a
    /// sequence's last event), total int32 [1] (events of the longest sequence, these included), past_k_i and past_v_i f32
    /// [batch, heads, capacity, width / heads] to context f32 [batch, steps, width], time_logits f32 [batch, steps, 130],
    /// present_k_i and present_v_i like the past.
    /// </summary>
    public byte[] Backbone()
    {
        var graph = new GraphBuilder("backbone");
        var events = graph.Input("events", DataType.Int64, "batch", "steps", EventRow.Columns);
        graph.Input("position", DataType.Int64, "batch", "steps");
        graph.Input("last_position", DataType.Int32, "batch");
        graph.Input("total", DataType.Int32, 1);
        var (cos, sin) = Rotation();
        graph.Floats("cos", cos, Capacity, Width / Heads / 2);
        graph.Floats("sin", sin, Capacity, Width / Heads / 2);
        graph.Floats("ones", Enumerable.Repeat(1f, Width).ToArray(), Width);
        var x = graph.EventEmbedding(_weights, Width, events); // [batch, steps, width]
        for (var layer = 0; layer < Layers; layer++)
            x = Block(graph, layer, x);
        var context = Norm(graph, x);
        var logits = graph.Linear(context, Get("time.weight", NoteEventVocabulary.TimeShiftTargets, Width), Get("time.bias", NoteEventVocabulary.TimeShiftTargets));
        graph.Output(context, "context", "batch", "steps", Width);
        graph.Output(logits, "time_logits", "batch", "steps", NoteEventVocabulary.TimeShiftTargets);
        return graph.ToBytes();
    }

    /// <summary>x + O attention(RMS(x)), then x + D relu(U RMS(x))².</summary>
    private string Block(GraphBuilder graph, int layer, string x)
    {
        string Product(string input, string name, int outputs, int inputs) => graph.Product(input, Get($"blocks.{layer}.{name}.weight", outputs, inputs));

        var y = Norm(graph, x);
        var q = Rotate(graph, Product(y, "q", Width, Width));
        var k = Rotate(graph, Product(y, "k", Width, Width));
        var v = Product(y, "v", Width, Width);
        x = graph.Node("Add", [x, Product(Attend(graph, layer, q, k, v), "o", Width, Width)]);
        var up = graph.Node("Relu", [Product(Norm(graph, x), "up", _feed, Width)]);
        return graph.Node("Add", [x, Product(graph.Node("Mul", [up, up]), "down", Width, _feed)]);
    }

    private string Attend(GraphBuilder graph, int layer, string q, string k, string v)
    {
        var headSize = Width / Heads;
        var pastK = graph.Input($"past_k_{layer}", DataType.Float, "batch", Heads, Capacity, headSize);
        var pastV = graph.Input($"past_v_{layer}", DataType.Float, "batch", Heads, Capacity, headSize);
        var output = $"attention_{layer}";
        graph.AddContributed(
            "GroupQueryAttention",
            [q, k, v, pastK, pastV, "last_position", "total"],
            [output, $"present_k_{layer}", $"present_v_{layer}"],
            GraphBuilder.Attribute("num_heads", Heads),
            GraphBuilder.Attribute("kv_num_heads", Heads));
        graph.DeclareOutput($"present_k_{layer}", "batch", Heads, Capacity, headSize);
        graph.DeclareOutput($"present_v_{layer}", "batch", Heads, Capacity, headSize);
        return output;
    }

    private string Rotate(GraphBuilder graph, string x) =>
        graph.ContributedNode("RotaryEmbedding", [x, "position", "cos", "sin"], GraphBuilder.Attribute("interleaved", 0), GraphBuilder.Attribute("num_heads", Heads));

    private static string Norm(GraphBuilder graph, string x) =>
        graph.Node("SimplifiedLayerNormalization", [x, "ones"], GraphBuilder.Attribute("axis", -1), GraphBuilder.Attribute("epsilon", Epsilon));

    /// <summary>Cosines and sines by position. [capacity, half a head]</summary>
    private (float[] Cos, float[] Sin) Rotation()
    {
        var half = Width / Heads / 2;
        var (cos, sin) = (new float[Capacity * half], new float[Capacity * half]);
        for (var i = 0; i < cos.Length; i++)
        {
            var angle = (i / half) * Math.Pow(_rotaryBase, -(double)(i % half) / half);
            (cos[i], sin[i]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
        }
        return (cos, sin);
    }

    private Tensor Get(string name, params int[] shape) => _weights.Get(name, shape);
}
