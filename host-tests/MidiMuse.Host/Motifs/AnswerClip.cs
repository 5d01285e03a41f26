using MidiMuse.Core.Clips;
using MidiMuse.Host.Performances;

namespace MidiMuse.Host.Motifs;

/// <summary>Makes clips of what was played: the answer alone from its first bar line, or motif and answer.</summary>
public static class AnswerClip
{
    public static Clip AnswerOnly(MotifPlan plan, MotifResult result)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(result);
        return Make(plan, result, result.AnswerStartPpq, AnswerOf(result));
    }

    public static Clip WithMotif(MotifPlan plan, MotifResult result)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(result);
        var startPpq = plan.Transport.Meters.BarAt(plan.Motif.Min(n => n.OnsetPpq)).StartPpq;
        return Make(plan, result, startPpq, new PhrasePart("Motif", plan.Motif.Select(Part)), AnswerOf(result));
    }

    private static Clip Make(MotifPlan plan, MotifResult result, double startPpq, params PhrasePart[] parts) => new PhraseClip
    {
        StartPpq = startPpq,
        EndPpq = result.AnswerEndPpq,
        Parts = parts,
        Tempos = plan.Transport.Tempos.Points,
        Meters = plan.Transport.Meters.Points,
        Provenance = result.Provenance,
    }.ToClip();

    private static PhrasePart AnswerOf(MotifResult result) =>
        new("Answer", result.Answer.Select(note => new PartNote(note.OnsetPpq, note.OnsetPpq + note.DurationPpq, note.Pitch, note.Velocity, note.Channel)));

    private static PartNote Part(InputNote note) => new(note.OnsetPpq, note.OnsetPpq + note.DurationPpq, note.Pitch, note.Velocity, note.Channel);
}
