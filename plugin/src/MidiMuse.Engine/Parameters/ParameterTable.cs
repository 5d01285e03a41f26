using System.Globalization;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Engine.Parameters;

/// <summary>Every parameter of the plugin, in the order in which hosts list them. Append only.</summary>
public static class ParameterTable
{
    /// <summary>Longest answer, in bars, that can be asked for by number.</summary>
    public const int LongestAnswerBars = 32;

    /// <summary>Bars of each Capture choice; 0 = until a bar of silence.</summary>
    public static readonly IReadOnlyList<int> CaptureBars = [0, 1, 2, 4, 8];

    /// <summary>Role of each Role choice; null = derived from the motif.</summary>
    public static readonly IReadOnlyList<Role?> Roles = [null, Role.Melody, Role.Chords, Role.Bass, Role.Drums, Role.Piano];

    /// <summary>Networks that may answer, by the folder of their weights. Append only.</summary>
    public static readonly IReadOnlyList<(string Title, string Folder)> EngineModels = [("Transformer", "transformer"), ("LSTM", "lstm")];

    public static readonly IReadOnlyList<ParameterDefinition> All =
    [
        ParameterDefinition.Switch(ParameterId.Bypass, "bypass", "Bypass") with { Role = AudioRole.Bypass },
        ParameterDefinition.Switch(ParameterId.Arm, "arm", "Arm") with { Role = AudioRole.Arm },
        ParameterDefinition.Choice(ParameterId.Capture, "capture", "Capture", ["Silence", "1 bar", "2 bars", "4 bars", "8 bars"], 2),
        ParameterDefinition.Choice(ParameterId.Mode, "mode", "Mode", ["Continue", "Call and response", "Accompany"]),
        ParameterDefinition.Choice(ParameterId.AnswerLength, "answerLength", "Answer length", AnswerLengths()) with { ShortTitle = "Length" },
        ParameterDefinition.Switch(ParameterId.Freeze, "freeze", "Freeze"),
        ParameterDefinition.Whole(ParameterId.Seed, "seed", "Seed", 0, 9999, 1),
        ParameterDefinition.Continuous(ParameterId.Temperature, "temperature", "Temperature", 0.1, 2.0, 0.9) with { ShortTitle = "Temp" },
        ParameterDefinition.Continuous(ParameterId.TopP, "topP", "Top-p", 0.1, 1.0, 0.95),
        ParameterDefinition.Choice(ParameterId.Key, "key", "Key", ["Auto", "C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]),
        ParameterDefinition.Choice(ParameterId.Scale, "scale", "Scale", ["Off", "Follow motif", .. Core.Harmony.Scale.All.Select(scale => scale.Name)], 1),
        ParameterDefinition.Switch(ParameterId.Thru, "thru", "Thru", isOn: true) with { Role = AudioRole.Thru },
        ParameterDefinition.Switch(ParameterId.Panic, "panic", "Panic") with { Role = AudioRole.Panic, Momentary = true },
        ParameterDefinition.Choice(ParameterId.OutputChannel, "outputChannel", "Output channel", ["As played", .. Enumerable.Range(1, 16).Select(channel => channel.ToString(System.Globalization.CultureInfo.InvariantCulture))]) with
        {
            Role = AudioRole.OutputChannel,
            ShortTitle = "Out ch",
        },
        ParameterDefinition.Choice(ParameterId.Role, "role", "Role", ["Auto", "Melody", "Chords", "Bass", "Drums", "Piano"]),
        ParameterDefinition.Switch(ParameterId.Clear, "clear", "Clear") with { Momentary = true },
        ParameterDefinition.Choice(ParameterId.Program, "program", "Program", [.. FactoryPrograms.All.Select(program => program.Name)]) with
        {
            SelectsProgram = true,
        },
        ParameterDefinition.Choice(ParameterId.Status, "status", "Status", ["Idle", "Waiting for a motif", "Capturing", "Answering", "No model"]) with { StatusSlot = 0, Automatable = false },
        ParameterDefinition.Whole(ParameterId.LateNotes, "lateNotes", "Late notes", 0, 9999) with { StatusSlot = 1, Automatable = false },
        ParameterDefinition.Whole(ParameterId.FallbackBars, "fallbackBars", "Fallback bars", 0, 9999) with { StatusSlot = 2, Automatable = false },
        ParameterDefinition.Continuous(ParameterId.BarsAhead, "barsAhead", "Bars ahead", 0, 8, 0) with { StatusSlot = 3, Automatable = false },
        ParameterDefinition.Whole(ParameterId.Shortfalls, "shortfalls", "Shortfalls", 0, 9999) with { StatusSlot = 4, Automatable = false },
        .. AnswerParameters.All,
        .. MusicParameters.All,
        ParameterDefinition.Switch(ParameterId.Preview, "preview", "Preview") with { Role = AudioRole.Preview },
        ParameterDefinition.Continuous(ParameterId.PreviewLevel, "previewLevel", "Preview level", 0, 100, 50) with { Role = AudioRole.PreviewLevel, Units = "%", ShortTitle = "Level" },
        ParameterDefinition.Choice(ParameterId.PreviewSound, "previewSound", "Preview sound", ["Auto", "Keys", "Bass", "Drums"]) with { Role = AudioRole.PreviewSound, ShortTitle = "Sound" },
        ParameterDefinition.Choice(ParameterId.Device, "device", "Device", ["Auto", "CPU", "GPU"]) with { Automatable = false },
        .. AudioParameters.All,
        ParameterDefinition.Choice(ParameterId.EngineModel, "engineModel", "Engine model", [.. EngineModels.Select(model => model.Title)]) with { ShortTitle = "Model" },
        .. MaterialParameters.All,
        ParameterDefinition.Switch(ParameterId.CaptureChords, "captureChords", "Capture chords") with { Momentary = true, ShortTitle = "Capt chd" },
        ParameterDefinition.Whole(ParameterId.Consensus, "consensus", "Consensus", 1, BarConsensus.MostTakes, 1) with
        {
            Words = plain => plain < 1.5 ? "Off" : string.Create(CultureInfo.InvariantCulture, $"{plain:0} takes"),
            FromWords = TakesFrom,
        },
        ParameterDefinition.Continuous(ParameterId.Guidance, "guidance", "Guidance", 1, 3, GuidedModel.DefaultGuidance),
        ParameterDefinition.Continuous(ParameterId.Development, "development", "Development", 0, 1, BarDevelopment.DefaultAmount),
    ];

    private static readonly Dictionary<uint, ParameterDefinition> ById = All.ToDictionary(definition => definition.Id);

    private static readonly Dictionary<string, ParameterDefinition> ByKey = All.ToDictionary(definition => definition.Key, StringComparer.Ordinal);

    public static ParameterDefinition? Find(uint id) => ById.GetValueOrDefault(id);

    public static ParameterDefinition? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>By key or title, in any case.</summary>
    public static ParameterDefinition? FindByName(string name) =>
        All.FirstOrDefault(definition => definition.Key.Equals(name, StringComparison.OrdinalIgnoreCase) || definition.Title.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>"Off", "8 takes" or "8".</summary>
    private static double? TakesFrom(string text)
    {
        if (text.Equals("Off", StringComparison.OrdinalIgnoreCase))
            return 1;
        return text.Split(' ') is [var number, "takes"] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var takes) ? takes : null;
    }

    private static string[] AnswerLengths() =>
        ["Until stopped", "1 bar", .. Enumerable.Range(2, LongestAnswerBars - 1).Select(bars => $"{bars} bars")];
}
