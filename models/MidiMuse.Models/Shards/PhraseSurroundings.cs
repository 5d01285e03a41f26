using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;

namespace MidiMuse.Models.Shards;

/// <summary>What the piece around a phrase says about it.</summary>
/// <param name="Chords">Chords in grid ticks of the phrase; the first may begin before it.</param>
/// <param name="SectionEnds">Grid ticks of the phrase at which a section or the piece ends, in order.</param>
/// <param name="Mode">Of the key, also where the key itself is hidden from the model.</param>
public sealed record PhraseSurroundings(
    StyleClass Style,
    Mode? Mode,
    IReadOnlyList<(long Tick, Chord? Chord)> Chords,
    IReadOnlyList<long> SectionEnds)
{
    public static readonly PhraseSurroundings Unknown = new(StyleClass.NotGiven, null, [], []);

    public PhraseSurroundings Transpose(int semitones) => this with { Chords = [.. Chords.Select(c => (c.Tick, c.Chord?.Transpose(semitones)))] };
}
