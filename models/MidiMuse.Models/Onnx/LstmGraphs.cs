using MidiMuse.Core.Events;
using static MidiMuse.Models.Onnx.Protos.TensorProto.Types;

namespace MidiMuse.Models.Onnx;

/// <summary>
/// The ONNX graphs of an LSTM trained by models/training/train_lstm.py. One backbone graph serves prefill (many
/// steps) and generation (one step); each head that depends on an earlier choice is a graph of its own.
/// </summary>
public sealed class LstmGraphs
{
    private readonly TensorFile _weights;
    private readonly int _embedding;

    /// <exception cref="InvalidDataException">The weights lack their sizes, or were trained for another vocabulary.</exception>
    public LstmGraphs(TensorFile weights)
    {
        _weights = weights;
        if (Size("vocabulary") != NoteEventVocabulary.Version)
            throw new InvalidDataException($"The weights were trained for vocabulary {Size("vocabulary")}, this is {NoteEventVocabulary.Version}.");
        Hidden = Size("hidden");
        Context = Size("context");
        Layers = Size("layers");
        _embedding = Size("embedding");
    }

    public int Hidden { get; }

    public int Context { get; }

    public int Layers { get; }

    /// <summary>
    /// events int64 [steps, batch, 18], h and c f32 [layers, batch, hidden] to context f32 [steps, batch, context],
    /// time_logits f32 [steps, batch, 130], h_out and c_out like h and c.
    /// </summary>
    public byte[] Backbone()
    {
        var graph = new GraphBuilder("backbone");
        var events = graph.Input("events", DataType.Int64, "steps", "batch", EventRow.Columns);
        var h = Split(graph, graph.Input("h", DataType.Float, Layers, "batch", Hidden), "h");
        var c = Split(graph, graph.Input("c", DataType.Float, Layers, "batch", Hidden), "c");
        var x = graph.EventEmbedding(_weights, _embedding, events); // [steps, batch, embedding]
        var (hOut, cOut) = (new string[Layers], new string[Layers]);
        for (var layer = 0; layer < Layers; layer++)
            (x, hOut[layer], cOut[layer]) = LstmLayer(graph, layer, x, h[layer], c[layer]);
        var context = graph.Linear(x, Get("context.weight", Context, Hidden), Get("context.bias", Context));
        var logits = graph.Linear(context, Get("time.weight", NoteEventVocabulary.TimeShiftTargets, Context), Get("time.bias", NoteEventVocabulary.TimeShiftTargets));
        graph.Output(context, "context", "steps", "batch", Context);
        graph.Output(logits, "time_logits", "steps", "batch", NoteEventVocabulary.TimeShiftTargets);
        graph.Output(graph.Node("Concat", hOut, GraphBuilder.Attribute("axis", 0)), "h_out", Layers, "batch", Hidden);
        graph.Output(graph.Node("Concat", cOut, GraphBuilder.Attribute("axis", 0)), "c_out", Layers, "batch", Hidden);
        return graph.ToBytes();
    }

    /// <summary>The graphs of the heads, by file name.</summary>
    public EventHeadGraphs HeadGraphs => new(_weights, Context);

    private string[] Split(GraphBuilder graph, string state, string name)
    {
        var parts = Enumerable.Range(0, Layers).Select(layer => $"{name}_{layer}").ToArray();
        graph.Add("Split", [state], parts, GraphBuilder.Attribute("axis", 0));
        return parts;
    }

    private (string Y, string H, string C) LstmLayer(GraphBuilder graph, int layer, string x, string h, string c)
    {
        var inputs = layer == 0 ? _embedding : Hidden;
        var gates = 4 * Hidden;
        var w = ToOnnxGates(Get($"lstm.weight_ih_l{layer}", gates, inputs).Values);
        var r = ToOnnxGates(Get($"lstm.weight_hh_l{layer}", gates, Hidden).Values);
        var b = ToOnnxGates(Get($"lstm.bias_ih_l{layer}", gates).Values).Concat(ToOnnxGates(Get($"lstm.bias_hh_l{layer}", gates).Values)).ToArray();
        string[] operands =
        [
            x,
            graph.Weight($"w_{layer}", w, 1, gates, inputs),
            graph.Weight($"r_{layer}", r, 1, gates, Hidden),
            graph.Weight($"b_{layer}", b, 1, 2 * gates),
            "", // no sequence_lens: all sequences of a batch are equally long
            h,
            c,
        ];
        var (y, hOut, cOut) = ($"y_{layer}", $"h_out_{layer}", $"c_out_{layer}");
        graph.Add("LSTM", operands, [y, hOut, cOut], GraphBuilder.Attribute("hidden_size", Hidden));
        var squeezed = graph.Node("Squeeze", [y, graph.Integers($"direction_axis_{layer}", 1)]); // [steps, 1, batch, hidden] without the 1
        return (squeezed, hOut, cOut);
    }

    /// <summary>PyTorch stacks the gates as input, forget, cell, output; ONNX as input, output, forget, cell.</summary>
    private static float[] ToOnnxGates(float[] values)
    {
        var gate = values.Length / 4;
        return
        [
            .. values.AsSpan(0, gate),
            .. values.AsSpan(3 * gate, gate),
            .. values.AsSpan(gate, gate),
            .. values.AsSpan(2 * gate, gate),
        ];
    }

    private Tensor Get(string name, params int[] shape) => _weights.Get(name, shape);

    private int Size(string name) => _weights.Size(name);
}
