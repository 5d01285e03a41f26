using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Inference.Models;

/// <summary>
/// A few notes through every graph of a model: a shape that does not fit, or weights that are not finite, are found
/// here and not while somebody plays, and the first real step finds everything warm.
/// </summary>
internal static class ModelTrial
{
    /// <param name="events">As many as need a chunk of every size.</param>
    /// <exception cref="ModelException">RuntimeFailed.</exception>
    public static void Run(INoteEventModel model, int events)
    {
        using var session = model.CreateSession();
        session.Reset(new PhraseContext(Meter.CommonTime, Role.Melody, null));
        CheckFinite(model, "time", session.TimeLogits);
        CheckFinite(model, "pitch", session.PitchLogits(0));
        CheckFinite(model, "duration", session.DurationLogits(60));
        CheckFinite(model, "velocity", session.VelocityLogits(0));
        Span<GridNote> notes = stackalloc GridNote[events];
        notes.Fill(new GridNote(0, 24, 60, 80));
        session.Prefill(notes);
        CheckFinite(model, "time", session.TimeLogits);
    }

    private static void CheckFinite(INoteEventModel model, string head, ReadOnlySpan<float> logits)
    {
        foreach (var logit in logits)
        {
            if (!float.IsFinite(logit))
                throw new ModelException(ModelFault.RuntimeFailed, $"The {head} head of the model {model.Description.Name} gives numbers that are not finite.");
        }
    }
}
