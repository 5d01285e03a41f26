using MidiMuse.Core.Baselines;
using MidiMuse.Core.Events;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>Likelihoods of the Markov baseline.</summary>
public sealed class MarkovLikelihood(MarkovModel model) : ILikelihoodModel
{
    public string Name => "Markov";

    public IEnumerable<AspectNats> Evaluate(IReadOnlyList<HeldOutPhrase> phrases) => phrases.Select(p => Evaluate(p.Phrase));

    private AspectNats Evaluate(Phrase phrase)
    {
        var events = Segment.Events(phrase);
        var nats = new AspectNats();
        for (var i = 1; i < events.Length; i++)
        {
            var history = events.AsSpan(0, i);
            var next = events[i];
            nats.Add(NoteAspect.Time, -Math.Log(model.Probability(NoteAspect.Time, history, next, next.TimeShift)));
            nats.Add(NoteAspect.Pitch, -Math.Log(model.Probability(NoteAspect.Pitch, history, next, next.Pitch)));
            nats.Add(NoteAspect.Duration, -Math.Log(model.Probability(NoteAspect.Duration, history, next, next.Duration)));
            if (next.Velocity < NoteEventVocabulary.VelocityTargets)
                nats.Add(NoteAspect.Velocity, -Math.Log(model.Probability(NoteAspect.Velocity, history, next, next.Velocity)));
        }
        if (phrase.EndsPiece)
            nats.Add(NoteAspect.Time, -Math.Log(model.Probability(NoteAspect.Time, events, default, NoteEventVocabulary.TimeShiftEnd)));
        return nats;
    }
}
