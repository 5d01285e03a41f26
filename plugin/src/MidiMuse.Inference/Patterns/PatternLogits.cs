namespace MidiMuse.Inference.Patterns;

/// <summary>What a decoder says of every step of a pattern. Valid until the decoder runs again.</summary>
public readonly ref struct PatternLogits
{
    /// <summary>How many notes begin. // [128, 7] f32</summary>
    public required ReadOnlySpan<float> Count { get; init; }

    /// <summary>Which pitches. // [128, 73] f32</summary>
    public required ReadOnlySpan<float> Pitch { get; init; }

    /// <summary>How long the lowest of them sounds. // [128, 16] f32</summary>
    public required ReadOnlySpan<float> LowDuration { get; init; }

    /// <summary>How long the others sound. // [128, 16] f32</summary>
    public required ReadOnlySpan<float> HighDuration { get; init; }
}
