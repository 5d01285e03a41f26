using MidiMuse.Engine.Link;

namespace MidiMuse.Editor;

/// <summary>Where the editor reads from. None of it waits for the engine or the audio thread. [ui]</summary>
public interface IEditorSource
{
    /// <summary>The same object as long as nothing has changed.</summary>
    EditorModel Model { get; }

    bool TryReadTransport(out TransportSnapshot transport);

    /// <summary>What the engine last said to plain words; the same object as long as it has said nothing new.</summary>
    string Reply { get; }

    /// <summary>The host's normalised value of a parameter.</summary>
    double Parameter(uint id);
}
