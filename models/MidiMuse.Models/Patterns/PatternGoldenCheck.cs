using Microsoft.ML.OnnxRuntime;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Runtime;
using MidiMuse.Inference.Vae;
using MidiMuse.Models.Onnx;

namespace MidiMuse.Models.Patterns;

/// <summary>Compares the ONNX files of a VAE or a GAN, run as the plugin runs them, with what PyTorch computed.</summary>
public static class PatternGoldenCheck
{
    /// <summary>ONNX Runtime and PyTorch add in different orders, and golden files have six decimals.</summary>
    public const float Tolerance = 1e-3f;

    /// <summary>The largest absolute difference of each output.</summary>
    public static IReadOnlyDictionary<string, float> Vae(string folder)
    {
        var golden = GoldenFile.Read<VaeGolden>(folder);
        using var session = VaeSession.Open(folder);
        var header = new PatternHeader(Role.Melody, new Key(0, Mode.Major), Meter.CommonTime, golden.Steps);
        var latent = new float[session.LatentLength];
        session.Encode(header, [.. golden.Notes.Select(n => new PatternNote((byte)n[0], (byte)n[1], (byte)n[2]))], latent);
        var logits = session.Decode(header, golden.Latent);
        return new Dictionary<string, float>
        {
            ["latent"] = GoldenFile.LargestDifference(latent, golden.Latent),
            ["count"] = GoldenFile.LargestDifference(logits.Count, golden.Count),
            ["pitch"] = GoldenFile.LargestDifference(logits.Pitch, golden.Pitch),
            ["low_duration"] = GoldenFile.LargestDifference(logits.LowDuration, golden.LowDuration),
            ["high_duration"] = GoldenFile.LargestDifference(logits.HighDuration, golden.HighDuration),
        };
    }

    /// <summary>The largest absolute difference of each output.</summary>
    public static IReadOnlyDictionary<string, float> Gan(string folder)
    {
        var golden = GoldenFile.Read<GanGolden>(folder);
        using var session = OnnxSessions.Open(Path.Combine(folder, "generator.onnx"));
        using var previous = Row(golden.Previous);
        using var conditions = Row(golden.Conditions);
        using var coverage = Row(golden.Coverage);
        using var noise = Row(golden.Noise);
        using var options = new RunOptions();
        using var results = session.Run(options, ["previous", "conditions", "coverage", "noise"], [previous, conditions, coverage, noise], ["next"]);
        return new Dictionary<string, float> { ["next"] = GoldenFile.LargestDifference(results[0].GetTensorDataAsSpan<float>(), golden.Next) };
    }

    private static OrtValue Row(float[] values) => OrtValue.CreateTensorValueFromMemory(values, [1, values.Length]);
}
