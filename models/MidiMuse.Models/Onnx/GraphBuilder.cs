using System.Runtime.InteropServices;
using Google.Protobuf;
using MidiMuse.Core.Events;
using MidiMuse.Models.Onnx.Protos;

namespace MidiMuse.Models.Onnx;

/// <summary>
/// Puts an ONNX graph together, node by node; every method returns the name of the value that it makes. Weights are
/// stored as f16 and cast to f32 in the graph, which the runtime folds when it loads: half the file, f32 arithmetic.
/// </summary>
public sealed class GraphBuilder
{
    private const int IrVersion = 8;

    private const int Opset = 17;

    /// <summary>Operators of ONNX Runtime that the standard does not have.</summary>
    private const string Contributed = "com.microsoft";

    private readonly GraphProto _graph;
    private int _names;
    private bool _usesContributed;

    public GraphBuilder(string name)
    {
        _graph = new GraphProto { Name = name };
    }

    /// <param name="dimensions">An int fixes a dimension, a string names one that may vary.</param>
    public string Input(string name, TensorProto.Types.DataType type, params object[] dimensions)
    {
        _graph.Input.Add(Value(name, type, dimensions));
        return name;
    }

    /// <summary>Declares a value of the graph, made under another name, as an output.</summary>
    public void Output(string value, string name, params object[] dimensions)
    {
        Add("Identity", [value], [name]);
        DeclareOutput(name, dimensions);
    }

    /// <summary>Declares a value that some node makes as an output.</summary>
    public void DeclareOutput(string name, params object[] dimensions) =>
        _graph.Output.Add(Value(name, TensorProto.Types.DataType.Float, dimensions));

    /// <summary>f16 in the file, f32 in the graph.</summary>
    public string Weight(string name, ReadOnlySpan<float> values, params int[] shape)
    {
        var halves = new Half[values.Length];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)values[i];
        Initialise(name, TensorProto.Types.DataType.Float16, MemoryMarshal.AsBytes<Half>(halves), shape);
        return Node("Cast", [name], Attribute("to", (long)TensorProto.Types.DataType.Float));
    }

    /// <summary>f32 in the file too: for what half precision is too coarse for.</summary>
    public string Floats(string name, ReadOnlySpan<float> values, params int[] shape)
    {
        Initialise(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), shape);
        return name;
    }

    public string Integers(string name, params long[] values)
    {
        Initialise(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes<long>(values), values.Length);
        return name;
    }

    public string Node(string operation, IReadOnlyList<string> inputs, params AttributeProto[] attributes)
    {
        var output = $"{operation.ToLowerInvariant()}_{_names++}";
        Add(operation, inputs, [output], attributes);
        return output;
    }

    public void Add(string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params AttributeProto[] attributes) =>
        Add("", operation, inputs, outputs, attributes);

    /// <summary>An operator of ONNX Runtime's own domain.</summary>
    public void AddContributed(string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params AttributeProto[] attributes)
    {
        Add(Contributed, operation, inputs, outputs, attributes);
        _usesContributed = true;
    }

    public string ContributedNode(string operation, IReadOnlyList<string> inputs, params AttributeProto[] attributes)
    {
        var output = $"{operation.ToLowerInvariant()}_{_names++}";
        AddContributed(operation, inputs, [output], attributes);
        return output;
    }

    private void Add(string domain, string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = $"node_{_graph.Node.Count}", Domain = domain };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        node.Attribute.Add(attributes);
        _graph.Node.Add(node);
    }

    /// <summary>Weight [outputs, inputs] and bias [outputs] as PyTorch stores them: x · weightᵀ + bias.</summary>
    public string Linear(string x, Tensor weight, Tensor bias) =>
        Node("Add", [Product(x, weight), Weight(bias.Name, bias.Values, weight.Shape[0])]);

    /// <summary>Weight [outputs, inputs] as PyTorch stores it: x · weightᵀ.</summary>
    public string Product(string x, Tensor weight)
    {
        var (outputs, inputs) = (weight.Shape[0], weight.Shape[1]);
        var transposed = new float[weight.Values.Length];
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
                transposed[(i * outputs) + o] = weight.Values[(o * inputs) + i];
        }
        return Node("MatMul", [x, Weight(weight.Name, transposed, inputs, outputs)]);
    }

    /// <summary>Rows of a table, chosen by an int64 tensor.</summary>
    public string Embedding(Tensor table, string indices) =>
        Node("Gather", [Weight(table.Name, table.Values, [.. table.Shape]), indices], Attribute("axis", 0));

    /// <summary>The sum of the rows of an event's columns; all columns share one table, each begins at its offset.</summary>
    /// <param name="events">int64 [a, b, 18], to f32 [a, b, width].</param>
    public string EventEmbedding(TensorFile weights, int width, string events)
    {
        var offsets = new long[EventRow.Columns];
        for (var i = 1; i < offsets.Length; i++)
            offsets[i] = offsets[i - 1] + EventRow.Classes[i - 1];
        var rows = Node("Add", [events, Integers("offsets", offsets)]);
        var all = Embedding(weights.Get("events.weight", EventRow.Classes.Sum(), width), rows); // [a, b, 18, width]
        return Node("ReduceSum", [all, Integers("column_axis", 2)], Attribute("keepdims", 0));
    }

    public byte[] ToBytes()
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "midimuse-models", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        if (_usesContributed)
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = Contributed, Version = 1 });
        return model.ToByteArray();
    }

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Attribute(string name, float value) =>
        new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, object[] dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (var dimension in dimensions)
        {
            shape.Dim.Add(dimension is string symbol
                ? new TensorShapeProto.Types.Dimension { DimParam = symbol }
                : new TensorShapeProto.Types.Dimension { DimValue = (int)dimension });
        }
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private void Initialise(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> data, params int[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(data) };
        tensor.Dims.Add(shape.Select(d => (long)d));
        _graph.Initializer.Add(tensor);
    }
}
