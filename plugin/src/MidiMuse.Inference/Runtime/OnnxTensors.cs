using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Runtime;

/// <summary>
/// The weights that stand in a graph's file, for what computes with them without ONNX Runtime. Reads just enough of the
/// file; field numbers from onnx/onnx.proto (IR 8).
/// </summary>
internal sealed class OnnxTensors
{
    private const int GraphOfModel = 7;
    private const int InitializerOfGraph = 5;
    private const int DimsOfTensor = 1;
    private const int TypeOfTensor = 2;
    private const int NameOfTensor = 8;
    private const int RawDataOfTensor = 9;
    private const int Float32 = 1;
    private const int Float16 = 10;

    private readonly Dictionary<string, (int[] Shape, float[] Values)> _tensors = new(StringComparer.Ordinal);
    private readonly string _file;

    private OnnxTensors(string file) => _file = file;

    /// <exception cref="ModelException">Damaged.</exception>
    public static OnnxTensors Read(ModelFolder folder, string file)
    {
        var tensors = new OnnxTensors(file);
        foreach (var (graphField, graph) in Fields(File.ReadAllBytes(folder.PathOf(file)), file))
        {
            if (graphField != GraphOfModel)
                continue;
            foreach (var (field, content) in Fields(graph, file))
            {
                if (field == InitializerOfGraph)
                    tensors.Add(content);
            }
        }
        return tensors;
    }

    /// <exception cref="ModelException">GraphMismatch.</exception>
    public float[] Get(string name, params ReadOnlySpan<int> shape)
    {
        var found = ShapeOf(name);
        if (!shape.SequenceEqual(found))
            throw new ModelException(ModelFault.GraphMismatch, $"{_file} has {name} [{string.Join(' ', found)}] instead of [{string.Join(' ', shape.ToArray())}].");
        return _tensors[name].Values;
    }

    /// <exception cref="ModelException">GraphMismatch: there is no such tensor.</exception>
    public int[] ShapeOf(string name) =>
        _tensors.TryGetValue(name, out var tensor)
            ? tensor.Shape
            : throw new ModelException(ModelFault.GraphMismatch, $"{_file} has no weights {name}.");

    private void Add(ReadOnlyMemory<byte> tensor)
    {
        var (name, type, shape, raw) = ("", 0, new List<int>(), ReadOnlyMemory<byte>.Empty);
        foreach (var (field, content) in Fields(tensor, _file))
        {
            switch (field)
            {
                case NameOfTensor:
                    name = Encoding.UTF8.GetString(content.Span);
                    break;
                case TypeOfTensor:
                    type = Numbers(content.Span)[0];
                    break;
                case DimsOfTensor: // a single dimension, or packed ones
                    shape.AddRange(Numbers(content.Span));
                    break;
                case RawDataOfTensor:
                    raw = content;
                    break;
            }
        }
        var count = shape.Aggregate(1L, (product, size) => product * size);
        if (type == Float32 && raw.Length == count * sizeof(float))
            _tensors[name] = ([.. shape], MemoryMarshal.Cast<byte, float>(raw.Span).ToArray());
        else if (type == Float16 && raw.Length == count * 2)
            _tensors[name] = ([.. shape], Widened(MemoryMarshal.Cast<byte, Half>(raw.Span)));
    }

    private static float[] Widened(ReadOnlySpan<Half> halves)
    {
        var floats = new float[halves.Length];
        TensorPrimitives.ConvertToSingle(halves, floats);
        return floats;
    }

    /// <summary>Fields of a protobuf message; a number is given as the bytes of its varint.</summary>
    private static IEnumerable<(int Field, ReadOnlyMemory<byte> Content)> Fields(ReadOnlyMemory<byte> message, string file)
    {
        while (!message.IsEmpty)
        {
            var rest = message.Span;
            var tag = Varint(ref rest);
            ulong length = (tag & 7) switch
            {
                0 => (ulong)rest.IndexOfAnyInRange((byte)0, (byte)0x7f) + 1,
                1 => 8,
                2 => Varint(ref rest),
                5 => 4,
                _ => ulong.MaxValue,
            };
            if (length > (ulong)rest.Length)
                throw new ModelException(ModelFault.Damaged, $"{file} is no ONNX model.");
            message = message[^rest.Length..];
            yield return ((int)(tag >> 3), message[..(int)length]);
            message = message[(int)length..];
        }
    }

    private static List<int> Numbers(ReadOnlySpan<byte> varints)
    {
        var numbers = new List<int>();
        while (!varints.IsEmpty)
            numbers.Add((int)Varint(ref varints));
        return numbers;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && !rest.IsEmpty; shift += 7)
        {
            var next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                break;
        }
        return value;
    }
}
