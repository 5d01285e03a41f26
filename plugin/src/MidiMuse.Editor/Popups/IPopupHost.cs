using MidiMuse.Editor.Elements;
using SkiaSharp;

namespace MidiMuse.Editor.Popups;

/// <summary>One line of a menu.</summary>
/// <param name="Run">Null for a heading.</param>
internal sealed record MenuItem(string Text, Action? Run, bool IsChecked = false);

/// <summary>Shows what lies above everything else; one at a time.</summary>
internal interface IPopupHost
{
    /// <param name="anchor">The menu opens below it, or above where there is no room.</param>
    void OpenMenu(SKRect anchor, IReadOnlyList<MenuItem> items);

    /// <summary>A text field over a place; <paramref name="commit"/> is called with the text on Enter.</summary>
    void OpenTextEntry(SKRect place, string text, Action<string> commit);

    /// <summary>Closes what is open.</summary>
    void Close();

    bool IsOpen { get; }

    /// <summary>The owner of the keys while a popup is open.</summary>
    Element? Owner { get; }
}
