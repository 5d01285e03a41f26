namespace MidiMuse.Models.Patterns;

/// <summary>What a trained VAE answers to a fixed pattern in C major, 4/4, melody, computed by PyTorch with the weights that the ONNX files hold.</summary>
public sealed record VaeGolden
{
    public required int Vocabulary { get; init; }

    /// <summary>Length of the pattern.</summary>
    public required int Steps { get; init; }

    /// <summary>Step, pitch and duration of each note.</summary>
    public required int[][] Notes { get; init; }

    /// <summary>[16, D]</summary>
    public required float[] Latent { get; init; }

    /// <summary>[128, 7]</summary>
    public required float[] Count { get; init; }

    /// <summary>[128, 73]</summary>
    public required float[] Pitch { get; init; }

    /// <summary>[128, 16]</summary>
    public required float[] LowDuration { get; init; }

    public required float[] HighDuration { get; init; }
}

/// <summary>What a trained generator answers to fixed inputs.</summary>
public sealed record GanGolden
{
    public required int Vocabulary { get; init; }

    /// <summary>[6 D]</summary>
    public required float[] Previous { get; init; }

    /// <summary>[25]</summary>
    public required float[] Conditions { get; init; }

    /// <summary>[6]</summary>
    public required float[] Coverage { get; init; }

    public required float[] Noise { get; init; }

    /// <summary>[6 D]</summary>
    public required float[] Next { get; init; }
}
