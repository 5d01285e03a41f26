using System.Collections.Immutable;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine;

/// <summary>An instance at one moment. Immutable.</summary>
/// <param name="ModelIdentity">Name and hash of the weights, or null without a model.</param>
/// <param name="Problem">Why something does not work, in words for the player, or null.</param>
public sealed record EngineSnapshot(
    EnginePhase Phase,
    Motif? Motif,
    ImmutableArray<AnswerBar> Answer,
    string? ModelIdentity,
    string? Problem,
    AudioCounters Counters);
