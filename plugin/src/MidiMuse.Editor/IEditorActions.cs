using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;

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

    /// <summary>Sounds a note through the plugin's own sound until <see cref="EndAudition"/>.</summary>
    void Audition(AuditionedNote note);

    void EndAudition();

    /// <summary>The player's own presets, by name.</summary>
    IReadOnlyList<string> PresetNames();

    /// <summary>Takes the settings of one of <see cref="PresetNames"/>.</summary>
    void LoadPreset(string name);

    /// <summary>Keeps the settings under a name.</summary>
    /// <returns>What became of it, in words for the player.</returns>
    string SavePreset(string name);

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
