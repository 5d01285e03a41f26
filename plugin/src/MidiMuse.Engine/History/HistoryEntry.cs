using System.Collections.Immutable;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Engine.History;

/// <summary>An answer with everything that it was made from. Immutable.</summary>
/// <param name="Id">Grows; never used again.</param>
/// <param name="Settings">Parameter key and plain value.</param>
/// <param name="Model">Name and hash of the weights, null where no model made it.</param>
public sealed record HistoryEntry(
    int Id,
    string Title,
    bool IsFavourite,
    Motif Motif,
    ImmutableArray<AnswerBar> Bars,
    ImmutableSortedDictionary<string, double> Settings,
    ImmutableSortedDictionary<string, string> Texts,
    string? Model,
    int Candidate);
