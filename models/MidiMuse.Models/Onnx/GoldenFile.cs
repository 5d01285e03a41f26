using System.Text.Json;

namespace MidiMuse.Models.Onnx;

/// <summary>golden.json: what a network answers to a small fixed input, computed by PyTorch with the weights that the ONNX files hold.</summary>
public static class GoldenFile
{
    public const string Name = "golden.json";

    /// <summary>ONNX Runtime and PyTorch add in different orders; a wrong gate order or table is off by far more.</summary>
    public const float Tolerance = 1e-4f;

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <exception cref="InvalidDataException">The file is no golden file of this kind.</exception>
    public static T Read<T>(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options) ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no golden file: {e.Message}", e);
        }
    }

    /// <summary>The largest absolute difference; infinite where one is no number or the lengths differ.</summary>
    public static float LargestDifference(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (actual.Length != expected.Length)
            return float.PositiveInfinity;
        var largest = 0f;
        for (var i = 0; i < actual.Length; i++)
            largest = Math.Max(largest, float.IsNaN(actual[i]) ? float.PositiveInfinity : Math.Abs(actual[i] - expected[i]));
        return largest;
    }
}
