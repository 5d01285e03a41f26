using Microsoft.ML.OnnxRuntime;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Runtime;
using MidiMuse.Inference.Vae;

namespace MidiMuse.Models.Patterns;

/// <summary>Compares the ONNX files of a VAE or a GAN, run as the plugin runs them, with what PyTorch computed.</summary>
public static class PatternGoldenCheck
{
    /// <summary>ONNX Runtime and PyTorch add in different orders, and golden files have six decimals.</summary>
    public const float Tolerance = 1e-3f;

    /// <summary>The largest absolute difference of each output.</summary>
    public static IReadOnlyDictionary<string, float> Vae(string folder)
    {
        var golden = PatternGolden.Read<VaeGolden>(Path.Combine(folder, "golden.json"));
        using var session = VaeSession.Open(folder);
        var header = new PatternHeader(Role.Melody, new Key(0, Mode.Major), Meter.CommonTime, golden.Steps);
        var latent = new float[session.LatentLength];
        session.Encode(header, [.. golden.Notes.Select(n => new PatternNote((byte)n[0], (byte)n[1], (byte)n[2]))], latent);
        var logits = session.Decode(header, golden.Latent);
        return new Dictionary<string, float>
        {
            ["latent"] = Largest(latent, golden.Latent),
            ["count"] = Largest(logits.Count, golden.Count),
            ["pitch"] = Largest(logits.Pitch, golden.Pitch),
            ["low_duration"] = Largest(logits.LowDuration, golden.LowDuration),
            ["high_duration"] = Largest(logits.HighDuration, golden.HighDuration),
        };
    }

    /// <summary>The largest absolute difference of each output.</summary>
    public static IReadOnlyDictionary<string, float> Gan(string folder)
    {
        var golden = PatternGolden.Read<GanGolden>(Path.Combine(folder, "golden.json"));
        using var session = OnnxSessions.Open(Path.Combine(folder, "generator.onnx"));
        using var previous = Row(golden.Previous);
        using var conditions = Row(golden.Conditions);
        using var coverage = Row(golden.Coverage);
        using var noise = Row(golden.Noise);
        using var options = new RunOptions();
        using var results = session.Run(options, ["previous", "conditions", "coverage", "noise"], [previous, conditions, coverage, noise], ["next"]);
        return new Dictionary<string, float> { ["next"] = Largest(results[0].GetTensorDataAsSpan<float>(), golden.Next) };
    }

    private static OrtValue Row(float[] values) => OrtValue.CreateTensorValueFromMemory(values, [1, values.Length]);

    private static float Largest(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (actual.Length != expected.Length)
            return float.PositiveInfinity;
        var largest = 0f;
        for (var i = 0; i < actual.Length; i++)
            largest = Math.Max(largest, float.IsNaN(actual[i]) ? float.PositiveInfinity : Math.Abs(actual[i] - expected[i]));
        return largest;
    }
}
