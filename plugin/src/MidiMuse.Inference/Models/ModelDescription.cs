using System.Text.Json.Serialization;

namespace MidiMuse.Inference.Models;

/// <summary>What model.json says.</summary>
public sealed record ModelDescription
{
    /// <summary>The layout of a model folder that this version reads.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required string Name { get; init; }

    /// <summary>Which engine runs it: <c>lstm</c>, <c>transformer</c>.</summary>
    public required string Kind { get; init; }

    public required string Version { get; init; }

    /// <summary>Version of <see cref="Core.Events.NoteEventVocabulary"/> or, for models of patterns, of <see cref="Core.Patterns.PatternVocabulary"/>.</summary>
    public required int Vocabulary { get; init; }

    public int Layers { get; init; }

    /// <summary>Width of the recurrent state.</summary>
    public int Hidden { get; init; }

    /// <summary>Width of the vector that the heads read.</summary>
    public int Context { get; init; }

    /// <summary>Attention heads of a Transformer.</summary>
    public int Heads { get; init; }

    /// <summary>Events that a Transformer remembers at most.</summary>
    public int Capacity { get; init; }

    /// <summary>VAE and GAN: values of a quarter in the latent.</summary>
    public int Latent { get; init; }

    /// <summary>GAN: numbers of noise that a proposal is made from.</summary>
    public int Noise { get; init; }

    /// <summary>GAN: hash of the description of the VAE whose latents it proposes.</summary>
    public string? LatentsOf { get; init; }

    public long Parameters { get; init; }

    /// <summary>SHA-256 of each file in lower-case hex, by file name.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelDescription))]
internal sealed partial class ModelDescriptionJson : JsonSerializerContext;
