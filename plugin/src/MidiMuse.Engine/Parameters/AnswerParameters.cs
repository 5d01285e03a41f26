using System.Globalization;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Commands;

namespace MidiMuse.Engine.Parameters;

/// <summary>The parameters around the notes: candidates, history, MIDI. Part of <see cref="ParameterTable"/>; append only.</summary>
public static class AnswerParameters
{
    /// <summary>Choice of Form that takes the text.</summary>
    public const int FormAsTyped = 1;

    /// <summary>Letters of each Form choice; null = none, or as typed.</summary>
    public static readonly IReadOnlyList<string?> Forms = [null, null, "AABA", "ABAB", "AABB", "ABAC", "ABCA", "AABC"];

    public static readonly IReadOnlyList<ParameterDefinition> All =
    [
        ParameterDefinition.Whole(ParameterId.Candidates, "candidates", "Candidates", 1, AnswerLines.MostCandidates, 4),
        ParameterDefinition.Whole(ParameterId.Candidate, "candidate", "Candidate", 1, AnswerLines.MostCandidates, 1),
        Button(ParameterId.NextCandidate, "nextCandidate", "Next candidate"),
        Button(ParameterId.PreviousCandidate, "previousCandidate", "Previous candidate"),
        Button(ParameterId.Regenerate, "regenerate", "Regenerate"),
        Button(ParameterId.Accept, "accept", "Accept"),
        Button(ParameterId.Reject, "reject", "Reject"),
        Button(ParameterId.Undo, "undo", "Undo"),
        Button(ParameterId.Redo, "redo", "Redo"),
        Button(ParameterId.Compare, "compare", "Compare"),
        ParameterDefinition.Choice(ParameterId.InputChannel, "inputChannel", "Input channel", ["All", .. Enumerable.Range(1, 16).Select(channel => channel.ToString(CultureInfo.InvariantCulture))]) with { ShortTitle = "In ch" },
        ParameterDefinition.Switch(ParameterId.SustainPedal, "sustainPedal", "Sustain pedal", isOn: true),
        ParameterDefinition.Switch(ParameterId.StopAfterDrag, "stopAfterDrag", "Stop after drag", isOn: true),
        ParameterDefinition.Choice(ParameterId.Form, "form", "Form", ["Off", "As typed", .. Forms.Skip(2).Select(letters => string.Join(' ', letters!.ToCharArray()))]),
        ParameterDefinition.Whole(ParameterId.SectionBars, "sectionBars", "Section bars", 1, 16, 4),
        ParameterDefinition.Continuous(ParameterId.SectionVariation, "sectionVariation", "Section variation", 0, 1, 0.3),
    ];

    /// <summary>What a button does, or null where the parameter is none.</summary>
    public static EngineCommand? CommandOf(uint id) => id switch
    {
        ParameterId.NextCandidate => new StepCandidate(1),
        ParameterId.PreviousCandidate => new StepCandidate(-1),
        ParameterId.Regenerate => new Regenerate(null),
        ParameterId.Accept => new Accept(),
        ParameterId.Reject => new Reject(),
        ParameterId.Undo => new Undo(),
        ParameterId.Redo => new Redo(),
        ParameterId.Compare => new Compare(),
        ParameterId.CaptureChords => new CaptureChords(),
        _ => null,
    };

    private static ParameterDefinition Button(uint id, string key, string title) => ParameterDefinition.Switch(id, key, title) with { Momentary = true };
}
