using MidiMuse.Editor.Drawing;

namespace MidiMuse.Editor;

/// <summary>The player's choices about the editor itself.</summary>
/// <param name="TextScale">1 = normal; everything grows with the text.</param>
public sealed record EditorSettings(ThemeKind Theme = ThemeKind.Dark, double TextScale = 1);
