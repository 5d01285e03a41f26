using System.Text.Json;
using System.Text.Json.Serialization;

namespace MidiMuse.Models.Onnx;

/// <summary>
/// What the trained model answers to a small fixed input, computed by PyTorch with the weights that the ONNX files
/// hold. Arrays are flat, row-major; n = steps * batch.
/// </summary>
public sealed record GoldenFile
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public required int Vocabulary { get; init; }

    public required int Steps { get; init; }

    public required int Batch { get; init; }

    /// <summary>[steps, batch, 9]; the state before it is zero.</summary>
    public required long[] Events { get; init; }

    /// <summary>Choices of the heads, [n].</summary>
    public required long[] TimeShift { get; init; }

    public required long[] Position { get; init; }

    public required long[] BarPhase { get; init; }

    public required long[] Pitch { get; init; }

    public required long[] Duration { get; init; }

    /// <summary>[n, context]</summary>
    public required float[] Context { get; init; }

    /// <summary>[layers, batch, hidden] after the last step.</summary>
    public required float[] HOut { get; init; }

    public required float[] COut { get; init; }

    /// <summary>[n, 130]</summary>
    public required float[] TimeLogits { get; init; }

    /// <summary>[n, 128]</summary>
    public required float[] PitchLogits { get; init; }

    /// <summary>[n, 72]</summary>
    public required float[] DurationLogits { get; init; }

    /// <summary>[n, 32]</summary>
    public required float[] VelocityLogits { get; init; }

    /// <exception cref="InvalidDataException">The file is no golden file.</exception>
    public static GoldenFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<GoldenFile>(File.ReadAllBytes(path), Options) ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no golden file: {e.Message}", e);
        }
    }
}
