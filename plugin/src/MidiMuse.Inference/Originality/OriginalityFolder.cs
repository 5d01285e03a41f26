using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MidiMuse.Core.Originality;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Originality;

/// <summary>A folder with the originality index of the training music and originality.json, which names its hash and its sources.</summary>
public static class OriginalityFolder
{
    public const int CurrentFormat = 1;

    public const string DescriptionFile = "originality.json";

    public const string IndexFile = "originality.bin";

    /// <summary>Reads and checks the index; some 10 ms. [main]</summary>
    /// <exception cref="ModelException">Missing, Damaged or Unsupported.</exception>
    public static OriginalityIndex Load(string folder)
    {
        var description = Parse(Read(folder, DescriptionFile));
        if (description.Format != CurrentFormat)
            throw new ModelException(ModelFault.Unsupported, $"The originality index has format {description.Format}; this version reads {CurrentFormat}.");
        var bytes = Read(folder, IndexFile);
        if (description.Files?.GetValueOrDefault(IndexFile) is not { } hash || !string.Equals(hash, Convert.ToHexStringLower(SHA256.HashData(bytes)), StringComparison.OrdinalIgnoreCase))
            throw new ModelException(ModelFault.Damaged, $"{IndexFile} is damaged: its SHA-256 is not the one in {DescriptionFile}.");
        try
        {
            return OriginalityIndex.Load(new MemoryStream(bytes));
        }
        catch (InvalidDataException e)
        {
            throw new ModelException(ModelFault.Damaged, e.Message, e);
        }
    }

    private static byte[] Read(string folder, string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelFault.Missing, $"The originality index's {name} cannot be read: {e.Message}", e);
        }
    }

    private static OriginalityDescription Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, OriginalityDescriptionJson.Default.OriginalityDescription)
                ?? throw new ModelException(ModelFault.Damaged, $"{DescriptionFile} is empty.");
        }
        catch (JsonException e)
        {
            throw new ModelException(ModelFault.Damaged, $"{DescriptionFile} is no valid description: {e.Message}", e);
        }
    }
}

/// <summary>What originality.json says, as far as the plugin needs it.</summary>
internal sealed record OriginalityDescription
{
    public int Format { get; init; }

    /// <summary>SHA-256 of each file in lower-case hex, by file name.</summary>
    public IReadOnlyDictionary<string, string>? Files { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OriginalityDescription))]
internal sealed partial class OriginalityDescriptionJson : JsonSerializerContext;
