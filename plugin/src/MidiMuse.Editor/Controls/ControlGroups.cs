using MidiMuse.Engine.Parameters;

namespace MidiMuse.Editor.Controls;

/// <summary>One page of controls.</summary>
/// <param name="Texts">Settings that are words, below the others.</param>
internal sealed record ControlGroup(string Title, IReadOnlyList<ParameterDefinition> Parameters, IReadOnlyList<TextDefinition> Texts);

/// <summary>
/// Which control stands on which page, by the keys of <see cref="ParameterTable"/>. A parameter that no page names
/// goes to the page More, so that nothing that a host can set is missing here.
/// </summary>
internal static class ControlGroups
{
    private const string HarmonyTitle = "Harmony";
    private const string HealthTitle = "Health";

    /// <summary>Shown elsewhere: in the header, above the roll, as the status.</summary>
    private static readonly HashSet<string> Elsewhere =
    [
        "arm", "program", "status", "regenerate", "accept", "reject", "undo", "redo", "compare", "nextCandidate", "previousCandidate",
    ];

    /// <summary>The texts that players type; others, such as a kept motif, are the engine's own notes.</summary>
    private static readonly HashSet<string> TypedTexts = ["chords", "form"];

    private static readonly (string Title, string[] Keys)[] Pages =
    [
        ("Answer",
        [
            "mode", "capture", "answerLength", "role", "engineModel", "freeze", "clear", "temperature", "topP", "seed", "candidates", "candidate", "closeness", "development", "consensus", "material", "variation", "morph", "surpriseEvery", "keepForMorph",
        ]),
        (HarmonyTitle, ["key", "scale", "customScale", "chordSource", "chordTones", "captureChords", "ending", "heardKey", "keyConfidence"]),
        ("Rhythm", ["keep", "density", "notesPerBeat", "grid", "groove", "grooveAmount", "syncopation", "drumLock"]),
        ("Line", ["lowNote", "highNote", "octave", "leaps", "voices", "softest", "loudest", "followDynamics", "articulation"]),
        ("Style", ["style", "valence", "energy", "guidance"]),
        ("MIDI & sound",
        [
            "thru", "inputChannel", "outputChannel", "sustainPedal", "stopAfterDrag", "bypass", "panic", "preview", "previewLevel", "previewSound",
            "audioMotif", "audioLatency", "audioGrid",
        ]),
        ("Form", ["form", "sectionBars", "sectionVariation"]),
        (HealthTitle, ["lateNotes", "fallbackBars", "barsAhead", "shortfalls", "device"]),
    ];

    public static readonly IReadOnlyList<ControlGroup> All = Build();

    public static bool IsElsewhere(ParameterDefinition definition) => Elsewhere.Contains(definition.Key);

    private static List<ControlGroup> Build()
    {
        var named = Pages.SelectMany(page => page.Keys).ToHashSet(StringComparer.Ordinal);
        var others = ParameterTable.All.Where(definition => !named.Contains(definition.Key) && !IsElsewhere(definition)).ToList();
        var groups = Pages
            .Select(page => new ControlGroup(
                page.Title,
                [.. page.Keys.Select(ParameterTable.Find).OfType<ParameterDefinition>()],
                page.Title == HarmonyTitle ? [.. TextTable.All.Where(text => TypedTexts.Contains(text.Key))] : []))
            .Where(group => group.Parameters.Count > 0)
            .ToList();
        if (others.Count > 0)
            groups.Insert(groups.FindIndex(group => group.Title == HealthTitle), new ControlGroup("More", others, []));
        return groups;
    }
}
