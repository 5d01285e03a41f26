using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>Likelihoods of a network, note by note from the very session that the plugin uses.</summary>
/// <param name="isTold">Whether the model is told the conditions of what it is to predict: chord, density and the like (<see cref="PhraseConditions"/>).</param>
public sealed class SessionLikelihood(string name, INoteEventModel model, bool isTold = false) : ILikelihoodModel, IDisposable
{
    private readonly NoteEventSession _session = model.CreateSession();

    public string Name => name;

    public IEnumerable<AspectNats> Evaluate(IReadOnlyList<HeldOutPhrase> phrases) => phrases.Select(p => Evaluate(p.Phrase));

    public void Dispose() => _session.Dispose();

    private AspectNats Evaluate(Phrase phrase)
    {
        var nats = new AspectNats();
        _session.Reset(isTold ? phrase.Context with { Conditions = PhraseConditions.Of(phrase) } : phrase.Context);
        foreach (var next in Segment.Events(phrase).AsSpan(1))
        {
            nats.Add(NoteAspect.Time, Nats(_session.TimeLogits, next.TimeShift));
            nats.Add(NoteAspect.Pitch, Nats(_session.PitchLogits(next.TimeShift), next.Pitch));
            nats.Add(NoteAspect.Duration, Nats(_session.DurationLogits(next.Pitch), next.Duration));
            if (next.Velocity < NoteEventVocabulary.VelocityTargets)
                nats.Add(NoteAspect.Velocity, Nats(_session.VelocityLogits(next.Duration), next.Velocity));
            _session.Step(next);
        }
        if (phrase.EndsPiece)
            nats.Add(NoteAspect.Time, Nats(_session.TimeLogits, NoteEventVocabulary.TimeShiftEnd));
        return nats;
    }

    /// <summary>-log softmax(logits)[target].</summary>
    private static double Nats(ReadOnlySpan<float> logits, int target)
    {
        double highest = float.NegativeInfinity;
        foreach (var logit in logits)
            highest = Math.Max(highest, logit);
        double sum = 0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - highest);
        return highest + Math.Log(sum) - logits[target];
    }
}
