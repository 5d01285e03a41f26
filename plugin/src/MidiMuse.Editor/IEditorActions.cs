using MidiMuse.Engine.Commands;

namespace MidiMuse.Editor;

/// <summary>What the editor does to the instance and the host. Every call returns at once. [ui]</summary>
public interface IEditorActions
{
    /// <summary>The player takes hold of a control; hosts record automation from here to <see cref="EndEdit"/>.</summary>
    void BeginEdit(uint id);

    void PerformEdit(uint id, double normalised);

    void EndEdit(uint id);

    /// <summary>The host offers a menu of its own for parameters.</summary>
    bool HasHostMenu { get; }

    /// <summary>Opens the host's own menu for a parameter.</summary>
    /// <param name="x">Physical pixels from the view's left edge.</param>
    /// <param name="y">Physical pixels from the view's upper edge.</param>
    void ShowHostMenu(uint id, int x, int y);

    /// <summary>Asks the engine for something and goes on.</summary>
    void Post(EngineCommand command);

    /// <summary>The engine understands plain words.</summary>
    bool CanSay { get; }

    /// <summary>Sets what plain words ask for; the reply comes with <see cref="IEditorSource.Reply"/>.</summary>
    void Say(string words);

    /// <summary>Writes the answer as a MIDI file where other programs can fetch it; null where there is nothing to write.</summary>
    string? ExportAnswer();

    /// <summary>Writes the answer to a file.</summary>
    /// <returns>What became of it, in words for the player.</returns>
    string SaveAnswer(string path);

    /// <summary>A new name for a file, in the folder where clips lie.</summary>
    string ProposeFile();

    /// <summary>The player drags this file out of the window.</summary>
    void BeginFileDrag(string path);
}
