using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Editor.Controls;

/// <summary>A number that the engine tells.</summary>
internal sealed class ReadoutTile(EditorContext context, ParameterDefinition definition) : ParameterTile(context, definition)
{
    protected override void OnDraw(Painter painter)
    {
        DrawTitle(painter, Bounds.Left + 6, Bounds.Width - 8);
        DrawValue(painter, Bounds.Left + 6, Bounds.Width - 8);
    }
}
