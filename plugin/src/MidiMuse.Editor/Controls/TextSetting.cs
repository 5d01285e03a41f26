using MidiMuse.Editor.Elements;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>A setting that is words, typed in a line over the place where it is shown. [ui]</summary>
internal sealed class TextSetting(EditorContext context, TextDefinition definition)
{
    public TextDefinition Definition => definition;

    public string Text => context.Model.Instance.Texts.GetValueOrDefault(definition.Key, "");

    /// <summary>Why the last words were not taken, or empty.</summary>
    public string Problem { get; private set; } = "";

    /// <param name="done">Called with true where the words were taken.</param>
    public void Edit(SKRect place, Action<bool> done) => context.Popups.OpenTextEntry(place, Text, text =>
    {
        Problem = text.Length == 0 ? "" : definition.Problem(text) ?? "";
        var isTaken = Problem.Length == 0;
        if (isTaken)
            context.Actions.Post(new SetText(definition.Key, text));
        done(isTaken);
    });
}
