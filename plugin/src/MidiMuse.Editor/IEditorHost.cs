namespace MidiMuse.Editor;

/// <summary>The host around an editor. Every call leaves a message for the host's main thread and returns at once. [ui]</summary>
public interface IEditorHost
{
    /// <summary>May be empty.</summary>
    string Name { get; }

    /// <summary>The host has a menu of its own for parameters.</summary>
    bool HasMenu { get; }

    /// <summary>The host's normalised value.</summary>
    double Parameter(uint id);

    void BeginEdit(uint id);

    void PerformEdit(uint id, double normalised);

    void EndEdit(uint id);

    /// <param name="x">Physical pixels from the view's left edge.</param>
    /// <param name="y">Physical pixels from the view's upper edge.</param>
    void ShowMenu(uint id, int x, int y);
}
