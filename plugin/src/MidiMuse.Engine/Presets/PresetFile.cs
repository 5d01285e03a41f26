using System.Text.Json;
using System.Text.Json.Serialization;
using MidiMuse.Engine.Clips;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.History;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Presets;

/// <summary>Settings in a file of their own: UTF-8 JSON with plain values, so that people can read and write it.</summary>
public sealed class PresetDocument
{
    public const string ProductName = "MidiMuse preset";

    public string? Product { get; set; }

    public int Format { get; set; }

    public string? Name { get; set; }

    /// <summary>Parameter key and plain value. What is not named keeps its value.</summary>
    public Dictionary<string, double>? Parameters { get; set; }

    public Dictionary<string, string>? Texts { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(PresetDocument))]
public sealed partial class PresetJson : JsonSerializerContext;

/// <summary>Saves and loads presets, on the caller's thread. [main] [ui]</summary>
public static class PresetFile
{
    public static CommandReply Save(IEngineControl control, string path) => ClipFiles.Guarded(() =>
    {
        var document = new PresetDocument
        {
            Product = PresetDocument.ProductName,
            Format = 1,
            Name = Path.GetFileNameWithoutExtension(path),
            Parameters = AnswerHistory.SettingsOf(control.Parameters)
                .Where(setting => IsOfPreset(ParameterTable.Find(setting.Key)))
                .ToDictionary(setting => setting.Key, setting => setting.Value),
            Texts = new Dictionary<string, string>(control.Snapshot().Texts),
        };
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(document, PresetJson.Default.PresetDocument));
        return CommandReply.Done;
    });

    public static CommandReply Load(IEngineControl control, string path) => ClipFiles.Guarded(() =>
        TryRead(File.ReadAllBytes(path)) is { } preset
            ? control.Run(preset)
            : CommandReply.Refused($"{Path.GetFileName(path)} is no preset of MidiMuse."));

    /// <summary>What a preset sets; null where the bytes are none. Values that are no numbers are left out.</summary>
    public static ApplySettings? TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var document = JsonSerializer.Deserialize(bytes, PresetJson.Default.PresetDocument);
            if (document is null || document.Product != PresetDocument.ProductName)
                return null;
            return new ApplySettings(
                document.Name ?? "",
                [.. (document.Parameters ?? []).Where(setting => double.IsFinite(setting.Value) && IsOfPreset(ParameterTable.Find(setting.Key)))],
                [.. (document.Texts ?? []).Where(text => text.Value is not null)]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A preset is about music: it neither switches the instance on nor moves its MIDI.</summary>
    private static bool IsOfPreset(ParameterDefinition? definition) =>
        definition is { ReadOnly: false, Momentary: false, SelectsProgram: false, Automatable: true, Role: AudioRole.None, Id: not (ParameterId.Arm or ParameterId.Candidate or ParameterId.InputChannel) };
}
