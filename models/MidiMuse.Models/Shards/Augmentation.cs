using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Shards;

/// <summary>
/// Varies phrases without changing what they say: key, register, loudness, and whether the key is told. Tempo needs
/// no variation, because note events know none.
/// </summary>
public static class Augmentation
{
    /// <summary>Lowest and highest pitch that a variation may reach: the piano's keys.</summary>
    public const int LowestPitch = 21;

    public const int HighestPitch = 108;

    private const double OctaveShare = 0.15;

    private const double HiddenKeyShare = 0.2;

    public static Phrase Vary(Phrase phrase, Random random)
    {
        var semitones = phrase.Context.Role == Role.Drums ? 0 : DrawTransposition(phrase.Notes, random);
        var loudness = phrase.VelocityIsKnown ? 0.7 + (0.55 * random.NextDouble()) : 1.0;
        var key = random.NextDouble() < HiddenKeyShare ? null : phrase.Context.Key?.Transpose(semitones);
        return phrase with
        {
            Context = phrase.Context with { Key = key },
            Surroundings = phrase.Surroundings.Transpose(semitones),
            Notes = [.. phrase.Notes.Select(n => n with
            {
                Pitch = n.Pitch + semitones,
                Velocity = Math.Clamp((int)Math.Round(n.Velocity * loudness), 1, 127),
            })],
        };
    }

    /// <summary>-5..6 semitones, sometimes an octave more or less; 0 where the result would leave the keyboard.</summary>
    private static int DrawTransposition(IReadOnlyList<GridNote> notes, Random random)
    {
        var semitones = random.Next(-5, 7);
        if (random.NextDouble() < OctaveShare)
            semitones += random.Next(2) == 0 ? -12 : 12;
        var low = notes.Min(n => n.Pitch) + semitones;
        var high = notes.Max(n => n.Pitch) + semitones;
        return low < LowestPitch || high > HighestPitch ? 0 : semitones;
    }
}
