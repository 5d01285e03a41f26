namespace MidiMuse.Engine.Parameters;

/// <summary>A named set of settings. What it does not name keeps its value.</summary>
/// <param name="Values">Parameter key and plain value.</param>
public sealed record FactoryProgram(string Name, IReadOnlyList<(string Key, double Plain)> Values);

/// <summary>The programs that hosts list. Append only: projects store the index.</summary>
public static class FactoryPrograms
{
    public static readonly IReadOnlyList<FactoryProgram> All =
    [
        new("Continue my motif", [("mode", 0), ("capture", 2), ("answerLength", 0), ("temperature", 0.8), ("topP", 0.95)]),
        new("Trade two bars", [("mode", 1), ("capture", 2), ("answerLength", 2), ("temperature", 0.8), ("topP", 0.95)]),
        new("Trade four bars", [("mode", 1), ("capture", 3), ("answerLength", 4), ("temperature", 0.8), ("topP", 0.95)]),
        new("Close to the motif", [("mode", 0), ("temperature", 0.6), ("topP", 0.8), ("closeness", 0.6)]),
        new("Far from the motif", [("mode", 0), ("temperature", 1.25), ("topP", 0.98), ("closeness", -0.2)]),
    ];
}
