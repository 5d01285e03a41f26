namespace MidiMuse.Models.Evaluation;

/// <summary>A model that gives music a probability.</summary>
public interface ILikelihoodModel
{
    string Name { get; }

    /// <summary>The nats of each phrase, in the phrases' order, given its beginning only. Slow: done phrase by phrase.</summary>
    IEnumerable<AspectNats> Evaluate(IReadOnlyList<HeldOutPhrase> phrases);
}
