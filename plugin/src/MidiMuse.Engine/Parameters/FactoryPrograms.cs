using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Engine.Parameters;

/// <summary>A named set of settings. What it does not name keeps its value.</summary>
/// <param name="Values">Parameter key and plain value.</param>
public sealed record FactoryProgram(string Name, IReadOnlyList<(string Key, double Plain)> Values);

/// <summary>The programs that hosts list. Append only: projects store the index.</summary>
public static class FactoryPrograms
{
    private const double Continue = 0;
    private const double Accompany = 2;
    private const double OneBar = 1;
    private const double Melody = 1;
    private const double Chords = 2;
    private const double Bass = 3;
    private const double Drums = 4;

    /// <summary>What a program for a job starts from: everything that says how notes are made. Key, scale and chords stay the player's.</summary>
    private static readonly (string Key, double Plain)[] Neutral =
    [
        ("mode", Continue), ("answerLength", 0), ("role", 0), ("material", 0), ("form", 0), ("freeze", 0), ("temperature", 0.9), ("topP", 0.95), ("consensus", 1), ("guidance", GuidedModel.DefaultGuidance), ("development", BarDevelopment.DefaultAmount),
        .. MusicParameters.All
            .Where(definition => !definition.ReadOnly && definition.Id is not (ParameterId.CustomScale or ParameterId.ChordSource or ParameterId.Style))
            .Select(definition => (definition.Key, definition.ToPlain(definition.DefaultNormalised))),
    ];

    public static readonly IReadOnlyList<FactoryProgram> All =
    [
        new("Continue my motif", [("mode", 0), ("capture", 2), ("answerLength", 0), ("temperature", 0.9), ("topP", 0.95)]),
        new("Trade two bars", [("mode", 1), ("capture", 2), ("answerLength", 2), ("temperature", 0.9), ("topP", 0.95)]),
        new("Trade four bars", [("mode", 1), ("capture", 3), ("answerLength", 4), ("temperature", 0.9), ("topP", 0.95)]),
        new("Close to the motif", [("mode", 0), ("temperature", CloseAnswer.Temperature), ("topP", CloseAnswer.TopP), ("closeness", CloseAnswer.Closeness), ("consensus", CloseAnswer.Takes)]),
        new("Far from the motif", [("mode", 0), ("temperature", 1.25), ("topP", 0.98), ("closeness", -0.6), ("consensus", 1)]),
        Job("Bass to what I play", ("mode", Accompany), ("capture", OneBar), ("role", Bass)),
        Job("Chords to what I play", ("mode", Accompany), ("capture", OneBar), ("role", Chords)),
        Job("Drums to what I play", ("mode", Accompany), ("capture", OneBar), ("role", Drums)),
        Job("Walking bass", ("mode", Accompany), ("capture", OneBar), ("role", Bass), ("notesPerBeat", 1), ("grid", 1), ("articulation", 0.6), ("leaps", 0.4), ("chordTones", 0.6), ("guidance", 1), ("temperature", 1.1)),
        Job("Comping", ("mode", Accompany), ("capture", OneBar), ("role", Chords), ("chordTones", 1), ("syncopation", 1), ("grid", 2), ("notesPerBeat", 0.75), ("articulation", -0.6)),
        Job("Ambient pads", ("mode", Accompany), ("capture", OneBar), ("role", Chords), ("chordTones", 1), ("notesPerBeat", 0.25), ("articulation", 1), ("softest", 32), ("loudest", 60)),
        Job("Counter-melody", ("mode", Accompany), ("capture", OneBar), ("role", Melody), ("chordTones", 1), ("notesPerBeat", 0.5), ("articulation", 0.7)),
        Job("Arpeggio", ("mode", Accompany), ("capture", OneBar), ("role", Melody), ("chordTones", 1), ("notesPerBeat", 2), ("grid", 2), ("leaps", 0.8)),
        Job("Drum fill", ("answerLength", 1), ("role", Drums), ("notesPerBeat", 3.5), ("grid", 3), ("energy", 0.3), ("closeness", -0.75)),
        Job("Variation of my motif", ("material", 1), ("variation", 0.7)),
        Job("Song of sixteen bars, A A B A", ("form", 2), ("sectionBars", 4), ("answerLength", 16)),
        Job("Closing phrase", ("answerLength", 4), ("ending", 1), ("temperature", 0.6)),
    ];

    private static FactoryProgram Job(string name, params (string Key, double Plain)[] values) =>
        new(name, [.. Neutral.Where(neutral => values.All(value => value.Key != neutral.Key)), .. values]);
}
