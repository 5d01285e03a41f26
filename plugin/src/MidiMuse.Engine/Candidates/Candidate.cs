using System.Collections.Immutable;
using MidiMuse.Engine.Answers;

namespace MidiMuse.Engine.Candidates;

/// <summary>One of several answers to the same motif, made with its own draws. Immutable.</summary>
/// <param name="Index">0 is the answer that the seed gives, 1.. are the alternatives.</param>
/// <param name="Bars">As far as they are made, in project ppq.</param>
/// <param name="BarsWanted">How many there will be.</param>
/// <param name="Score">0..1, for ranking.</param>
/// <param name="NatsPerNote">What the model alone thinks of it; lower is likelier.</param>
/// <param name="Novelty">0 = a copy of the motif, 1 = nothing in common with it.</param>
/// <param name="Reasons">Why it ranks where it does, in words for the player.</param>
public sealed record Candidate(
    int Index,
    ImmutableArray<AnswerBar> Bars,
    int BarsWanted,
    double Score,
    double NatsPerNote,
    double Novelty,
    ImmutableArray<string> Reasons)
{
    public bool IsComplete => Bars.Length >= BarsWanted;
}
