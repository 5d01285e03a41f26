using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>Nats of one model on one role. Time, pitch and duration are means over all notes; velocity over those whose velocity is known, null where few pieces have any.</summary>
/// <param name="Note">Time, pitch and duration together, nats per note.</param>
public sealed record LikelihoodRow(string Model, Role Role, int Pieces, long Notes, Estimate Note, double Time, double Pitch, double Duration, Estimate? Velocity);

/// <summary>How well models predict held-out music.</summary>
public static class LikelihoodReport
{
    /// <summary>Velocities known in fewer pieces say nothing about music.</summary>
    private const int FewestPieces = 5;

    /// <param name="progress">Called after each phrase.</param>
    public static LikelihoodRow Row(ILikelihoodModel model, Role role, IReadOnlyList<HeldOutPhrase> phrases, Action progress)
    {
        var pieces = new Dictionary<string, AspectNats>();
        var index = 0;
        foreach (var nats in model.Evaluate(phrases))
        {
            var piece = phrases[index++].Piece;
            if (!pieces.TryGetValue(piece, out var sum))
                pieces.Add(piece, sum = new AspectNats());
            sum.Add(nats);
            progress();
        }
        var total = new AspectNats();
        foreach (var nats in pieces.Values)
            total.Add(nats);
        var note = Bootstrap.Ratio([.. pieces.Values.Select(n => (n[NoteAspect.Time] + n[NoteAspect.Pitch] + n[NoteAspect.Duration], (double)n.Notes))]);
        var dynamic = pieces.Values.Where(n => n.Targets(NoteAspect.Velocity) > 0).ToList();
        return new LikelihoodRow(
            model.Name,
            role,
            pieces.Count,
            total.Notes,
            note ?? throw new ArgumentException("There is no note to evaluate on.", nameof(phrases)),
            total[NoteAspect.Time] / total.Notes,
            total[NoteAspect.Pitch] / total.Notes,
            total[NoteAspect.Duration] / total.Notes,
            dynamic.Count < FewestPieces ? null : Bootstrap.Ratio([.. dynamic.Select(n => (n[NoteAspect.Velocity], (double)n.Targets(NoteAspect.Velocity)))]));
    }
}
