namespace MidiMuse.Inference.Models;

/// <summary>
/// Several continuations of one phrase that step together. Each is a session; a step of it (<see
/// cref="NoteEventSession.Step(int, int, int, int)"/>) counts once the batch has advanced. [engine]
/// </summary>
public abstract class CandidateBatch : IDisposable
{
    private bool _disposed;

    /// <summary>Number of candidates.</summary>
    public abstract int Size { get; }

    /// <summary>A candidate's session; it can step, and it can neither be reset nor keep checkpoints.</summary>
    public abstract NoteEventSession this[int index] { get; }

    /// <summary>Every candidate goes on from where this session is now. The session is not changed.</summary>
    /// <exception cref="ArgumentException">The session belongs to another kind of model.</exception>
    public abstract void Begin(NoteEventSession phrase);

    /// <summary>Reads what each candidate has stepped to since the last call; those that have not stepped stay where they are.</summary>
    /// <exception cref="ModelException">The runtime failed.</exception>
    public abstract void Advance();

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
