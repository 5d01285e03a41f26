using System.Text;

namespace MidiMuse.Perf.Measurements;

/// <summary>
/// How many weights a run of a graph must read: those of its matrix products and recurrent layers. Tables that only
/// some rows are taken from do not count. Reads just enough of the file; field numbers from onnx/onnx.proto (IR 8).
/// </summary>
internal static class OnnxWeights
{
    private static readonly string[] DenseOperators = ["LSTM", "MatMul", "Gemm", "MatMulNBits"];

    /// <exception cref="InvalidDataException">Not an ONNX file.</exception>
    public static long CountDense(byte[] model)
    {
        var elements = new Dictionary<string, long>(StringComparer.Ordinal);
        var sources = new Dictionary<string, string>(StringComparer.Ordinal); // result of a Cast or Transpose, what it was made from
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (graphField, graph) in Fields(model))
        {
            if (graphField != 7)
                continue;
            foreach (var (field, content) in Fields(graph))
            {
                if (field == 5)
                    AddTensor(content, elements);
                else if (field == 1)
                    AddNode(content, sources, used);
            }
        }
        return used.Select(name => Origin(name, sources)).Distinct().Sum(name => elements.GetValueOrDefault(name));
    }

    private static void AddTensor(ReadOnlyMemory<byte> tensor, Dictionary<string, long> elements)
    {
        var (name, count) = ("", 1L);
        foreach (var (field, content) in Fields(tensor))
        {
            if (field == 8)
                name = Encoding.UTF8.GetString(content.Span);
            else if (field == 1)
                count *= Product(content.Span);
        }
        elements[name] = count;
    }

    private static void AddNode(ReadOnlyMemory<byte> node, Dictionary<string, string> sources, HashSet<string> used)
    {
        List<string> inputs = [];
        var (output, kind) = ("", "");
        foreach (var (field, content) in Fields(node))
        {
            switch (field)
            {
                case 1:
                    inputs.Add(Encoding.UTF8.GetString(content.Span));
                    break;
                case 2 when output.Length == 0:
                    output = Encoding.UTF8.GetString(content.Span);
                    break;
                case 4:
                    kind = Encoding.UTF8.GetString(content.Span);
                    break;
            }
        }
        if (kind is "Cast" or "Transpose")
            sources[output] = inputs[0];
        if (DenseOperators.Contains(kind))
            used.UnionWith(inputs);
    }

    private static string Origin(string name, Dictionary<string, string> sources) => sources.TryGetValue(name, out var source) ? Origin(source, sources) : name;

    /// <summary>A single dimension, or packed ones.</summary>
    private static long Product(ReadOnlySpan<byte> dimensions)
    {
        var product = 1L;
        while (!dimensions.IsEmpty)
            product *= (long)Varint(ref dimensions);
        return product;
    }

    /// <summary>Fields of a protobuf message; a number is given as the bytes of its varint.</summary>
    private static IEnumerable<(int Field, ReadOnlyMemory<byte> Content)> Fields(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var rest = message.Span;
            var tag = Varint(ref rest);
            message = message[^rest.Length..];
            var length = ContentLength((int)(tag & 7), ref rest);
            message = message[^rest.Length..];
            if (length > message.Length)
                throw new InvalidDataException("The file is no ONNX model.");
            yield return ((int)(tag >> 3), message[..length]);
            message = message[length..];
        }
    }

    private static int ContentLength(int wireType, ref ReadOnlySpan<byte> rest) => wireType switch
    {
        0 => rest.IndexOfAnyInRange((byte)0, (byte)0x7f) + 1,
        1 => 8,
        2 => checked((int)Varint(ref rest)),
        5 => 4,
        _ => throw new InvalidDataException("The file is no ONNX model."),
    };

    private static ulong Varint(ref ReadOnlySpan<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (rest.IsEmpty)
                break;
            var next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
        throw new InvalidDataException("The file is no ONNX model.");
    }
}
