using System.Buffers.Binary;
using System.Text;

namespace MidiMuse.Inference.Tests.Support;

/// <summary>
/// Writes the few parts of an ONNX file that the test models need, by hand, so that these tests stand on no other
/// project. Field numbers: onnx/onnx.proto, IR version 8.
/// </summary>
internal sealed class OnnxWriter
{
    private const int Float = 1;
    private const int Int64 = 7;

    private readonly ProtoWriter _graph = new();

    public OnnxWriter Input(string name, bool isFloat, params object[] dimensions) => ValueInfo(11, name, isFloat, dimensions);

    public OnnxWriter Output(string name, params object[] dimensions) => ValueInfo(12, name, true, dimensions);

    public OnnxWriter Weights(string name, float[] values, params long[] dimensions)
    {
        var raw = new byte[values.Length * sizeof(float)];
        Buffer.BlockCopy(values, 0, raw, 0, raw.Length);
        return Initializer(name, Float, raw, dimensions);
    }

    public OnnxWriter Integers(string name, long[] values, params long[] dimensions)
    {
        var raw = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * sizeof(long)), values[i]);
        return Initializer(name, Int64, raw, dimensions);
    }

    public OnnxWriter Node(string type, string[] inputs, string[] outputs, params (string Name, long Value)[] attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        foreach (var output in outputs)
            node.Text(2, output);
        node.Text(3, outputs.First(output => output.Length > 0));
        node.Text(4, type);
        foreach (var (name, value) in attributes)
            node.Message(5, new ProtoWriter().Text(1, name).Number(3, value).Number(20, 2));
        _graph.Message(1, node);
        return this;
    }

    public byte[] ToArray()
    {
        _graph.Text(2, "test");
        return new ProtoWriter()
            .Number(1, 8)
            .Text(2, "MidiMuse tests")
            .Message(8, new ProtoWriter().Text(1, "").Number(2, 17))
            .Message(7, _graph)
            .ToArray();
    }

    private OnnxWriter Initializer(string name, int type, byte[] raw, long[] dimensions)
    {
        var tensor = new ProtoWriter();
        foreach (var dimension in dimensions)
            tensor.Number(1, dimension);
        _graph.Message(5, tensor.Number(2, type).Text(8, name).Bytes(9, raw));
        return this;
    }

    private OnnxWriter ValueInfo(int field, string name, bool isFloat, object[] dimensions)
    {
        var shape = new ProtoWriter();
        foreach (var dimension in dimensions)
        {
            shape.Message(1, dimension is string symbol
                ? new ProtoWriter().Text(2, symbol)
                : new ProtoWriter().Number(1, Convert.ToInt64(dimension, null)));
        }
        var tensor = new ProtoWriter().Number(1, isFloat ? Float : Int64).Message(2, shape);
        _graph.Message(field, new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor)));
        return this;
    }

    private sealed class ProtoWriter
    {
        private readonly List<byte> _bytes = [];

        public ProtoWriter Number(int field, long value)
        {
            Varint((ulong)field << 3);
            Varint((ulong)value);
            return this;
        }

        public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public ProtoWriter Message(int field, ProtoWriter message) => Bytes(field, message.ToArray());

        public ProtoWriter Bytes(int field, byte[] value)
        {
            Varint(((ulong)field << 3) | 2);
            Varint((ulong)value.Length);
            _bytes.AddRange(value);
            return this;
        }

        public byte[] ToArray() => _bytes.ToArray();

        private void Varint(ulong value)
        {
            while (value >= 0x80)
            {
                _bytes.Add((byte)(value | 0x80));
                value >>= 7;
            }
            _bytes.Add((byte)value);
        }
    }
}
