using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MidiMuse.Models.Onnx;

/// <summary>A named f32 array.</summary>
public sealed record Tensor(string Name, IReadOnlyList<int> Shape, float[] Values);

/// <summary>
/// Reads trained weights: the safetensors layout (a little-endian u64 with the length of a JSON header that gives each
/// tensor's dtype, shape and data_offsets, then the raw data), with F32 tensors only.
/// </summary>
public sealed class TensorFile
{
    private readonly Dictionary<string, Tensor> _tensors = [];

    private TensorFile(IReadOnlyDictionary<string, string> metadata)
    {
        Metadata = metadata;
    }

    /// <summary>The header's __metadata__ entries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Number of values in all tensors.</summary>
    public long ValueCount => _tensors.Values.Sum(t => (long)t.Values.Length);

    /// <exception cref="InvalidDataException">The file is no such file, or is damaged.</exception>
    public static TensorFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 8)
            throw new InvalidDataException($"{path} is too short to hold weights.");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (headerLength > (ulong)bytes.Length - 8)
            throw new InvalidDataException($"{path}: the header is longer than the file.");
        var data = bytes.AsMemory(8 + (int)headerLength);
        using var header = ParseHeader(path, bytes.AsMemory(8, (int)headerLength));
        var metadata = header.RootElement.TryGetProperty("__metadata__", out var entries)
            ? entries.EnumerateObject().ToDictionary(e => e.Name, e => e.Value.GetString() ?? "")
            : [];
        var file = new TensorFile(metadata);
        foreach (var entry in header.RootElement.EnumerateObject().Where(e => e.Name != "__metadata__"))
            file._tensors.Add(entry.Name, ReadTensor(path, entry, data.Span));
        return file;
    }

    /// <exception cref="InvalidDataException">There is no such tensor, or its shape is another one.</exception>
    public Tensor Get(string name, params int[] shape)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
            throw new InvalidDataException($"The weights hold no '{name}'.");
        if (!tensor.Shape.SequenceEqual(shape))
            throw new InvalidDataException($"'{name}' is [{string.Join(", ", tensor.Shape)}] instead of [{string.Join(", ", shape)}].");
        return tensor;
    }

    /// <summary>A number of the metadata.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public int Size(string name) =>
        Metadata.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new InvalidDataException($"The weights' metadata name no {name}.");

    private static JsonDocument ParseHeader(string path, ReadOnlyMemory<byte> header)
    {
        try
        {
            return JsonDocument.Parse(header);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: the header is not JSON.", e);
        }
    }

    private static Tensor ReadTensor(string path, JsonProperty entry, ReadOnlySpan<byte> data)
    {
        if (entry.Value.GetProperty("dtype").GetString() != "F32")
            throw new InvalidDataException($"{path}: '{entry.Name}' is not F32.");
        var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray();
        var offsets = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt32()).ToArray();
        var count = shape.Aggregate(1, (product, d) => product * d);
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] > data.Length || offsets[1] - offsets[0] != count * sizeof(float))
            throw new InvalidDataException($"{path}: the data of '{entry.Name}' does not fit its shape.");
        return new Tensor(entry.Name, shape, MemoryMarshal.Cast<byte, float>(data[offsets[0]..offsets[1]]).ToArray());
    }
}
