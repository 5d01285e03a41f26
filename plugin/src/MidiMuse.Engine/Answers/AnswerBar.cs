using System.Collections.Immutable;

namespace MidiMuse.Engine.Answers;

public enum BarOrigin
{
    Model,

    /// <summary>Made without the model, because the model was not there or not in time.</summary>
    Fallback,

    /// <summary>A repetition of an earlier bar while frozen, or a bar cut anew at a change of meter.</summary>
    Repeated,
}

/// <summary>One bar of an answer, in project ppq. Immutable.</summary>
/// <param name="LogLikelihood">Nats of the whole bar under the model; 0 where it was made without.</param>
public sealed record AnswerBar(
    double StartPpq,
    double EndPpq,
    BarOrigin Origin,
    double LogLikelihood,
    ImmutableArray<TimelineNote> Notes)
{
    public double LengthPpq => EndPpq - StartPpq;

    /// <summary>The bar's notes moved along the timeline.</summary>
    public TimelineNote[] NotesAt(double offsetPpq)
    {
        var moved = new TimelineNote[Notes.Length];
        for (var i = 0; i < moved.Length; i++)
            moved[i] = Notes[i] with { OnsetPpq = Notes[i].OnsetPpq + offsetPpq, EndPpq = Notes[i].EndPpq + offsetPpq };
        return moved;
    }
}
