namespace MidiMuse.Inference.Models;

/// <summary>A loaded model that proposes note events. Immutable; every member may be called from any thread.</summary>
public interface INoteEventModel
{
    ModelDescription Description { get; }

    /// <summary>Identifies description and weights: SHA-256 in lower-case hex. Part of what makes an answer repeatable.</summary>
    string Hash { get; }

    /// <summary>A new session with buffers of its own. It must be disposed.</summary>
    NoteEventSession CreateSession();
}
