using System.Collections.Immutable;
using MidiMuse.Core.Words;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Commands;

/// <summary>Makes of plain words the settings that they ask for.</summary>
public static class WordSettings
{
    /// <summary>One step that sets everything that was understood; relative words count from the settings as they are.</summary>
    public static ApplySettings ToCommand(string words, WordReading reading, ParameterValues current)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        var texts = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var change in reading.Changes)
        {
            if (change.IsText)
                texts.Add(KeyValuePair.Create(change.Setting, change.Text!));
            else if (ParameterTable.Find(change.Setting) is { ReadOnly: false } definition)
                values[definition.Key] = Apply(change, definition, values.TryGetValue(definition.Key, out var changed) ? changed : definition.ToPlain(current.Latest(definition.Id)));
        }
        return new ApplySettings(words, [.. values], texts.ToImmutable());
    }

    /// <summary>The plain value that a change leads to, within the parameter's range.</summary>
    private static double Apply(WordChange change, ParameterDefinition definition, double current)
    {
        if (change.Text is { } text)
            return definition.TryParse(text, out var normalised) ? definition.ToPlain(normalised) : current;
        // Where the setting is "Free" or "Auto", more and less count from what that amounts to.
        var from = change.Base != 0 && definition.ToText(definition.ToNormalised(current)) == definition.ToText(definition.DefaultNormalised) ? change.Base : current;
        var value = change.Kind switch
        {
            ChangeKind.Add => from + change.Value,
            ChangeKind.Multiply => from * change.Value,
            _ => change.Value,
        };
        return Math.Clamp(value, definition.Minimum, definition.Maximum);
    }
}
