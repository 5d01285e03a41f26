namespace MidiMuse.Inference.Generation;

/// <summary>How a bar came to its end.</summary>
public enum BarStatus
{
    /// <summary>The next onset lies in a later bar: the bar is full.</summary>
    Complete,

    /// <summary>The model ended the piece in this bar.</summary>
    PieceEnded,

    /// <summary>The bar has as many notes as it may have.</summary>
    NoteLimit,

    /// <summary>The caller had no more time. The notes so far are not a bar.</summary>
    Cancelled,

    /// <summary>The model gave logits that are not numbers. The notes so far are not a bar.</summary>
    BadLogits,
}

/// <param name="NoteCount">Notes written to the caller's buffer.</param>
/// <param name="NotesLogLikelihood">
/// Nats: the sum over all notes and attributes of what the model alone gives the drawn classes, before masks,
/// temperature and top-p; so candidates with different settings compare, and a note that a mask forced costs what
/// the model thinks of it.
/// </param>
/// <param name="EndLogLikelihood">Nats: that after the last note nothing more begins in this bar.</param>
/// <param name="ForcedDraws">Draws in which the masks left no class with a probability, and the nearest allowed was taken.</param>
public readonly record struct BarResult(
    BarStatus Status,
    int NoteCount,
    double NotesLogLikelihood,
    double EndLogLikelihood,
    int ForcedDraws)
{
    public bool IsUsable => Status is BarStatus.Complete or BarStatus.PieceEnded or BarStatus.NoteLimit;

    public double LogLikelihood => NotesLogLikelihood + EndLogLikelihood;
}
