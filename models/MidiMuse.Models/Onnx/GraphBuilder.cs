using System.Runtime.InteropServices;
using Google.Protobuf;
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

    private readonly GraphProto _graph;
    private int _names;

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
        _graph.Output.Add(Value(name, TensorProto.Types.DataType.Float, dimensions));
    }

    /// <summary>f16 in the file, f32 in the graph.</summary>
    public string Weight(string name, ReadOnlySpan<float> values, params int[] shape)
    {
        var halves = new Half[values.Length];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)values[i];
        Initialise(name, TensorProto.Types.DataType.Float16, MemoryMarshal.AsBytes<Half>(halves), shape);
        return Node("Cast", [name], Attribute("to", (long)TensorProto.Types.DataType.Float));
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

    public void Add(string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = $"node_{_graph.Node.Count}" };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        node.Attribute.Add(attributes);
        _graph.Node.Add(node);
    }

    /// <summary>Weight [outputs, inputs] and bias [outputs] as PyTorch stores them: x · weightᵀ + bias.</summary>
    public string Linear(string x, Tensor weight, Tensor bias)
    {
        var (outputs, inputs) = (weight.Shape[0], weight.Shape[1]);
        var transposed = new float[weight.Values.Length];
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
                transposed[(i * outputs) + o] = weight.Values[(o * inputs) + i];
        }
        var product = Node("MatMul", [x, Weight(weight.Name, transposed, inputs, outputs)]);
        return Node("Add", [product, Weight(bias.Name, bias.Values, outputs)]);
    }

    /// <summary>Rows of a table, chosen by an int64 tensor.</summary>
    public string Embedding(Tensor table, string indices) =>
        Node("Gather", [Weight(table.Name, table.Values, [.. table.Shape]), indices], Attribute("axis", 0));

    public byte[] ToBytes()
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "midimuse-models", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        return model.ToByteArray();
    }

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

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
