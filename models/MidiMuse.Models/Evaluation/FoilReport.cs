using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>
/// The second task of MIREX "Patterns for Prediction": which of two continuations is the true one? The foil is what
/// followed in another piece of the same role and meter, moved into the prime's key (or its register, where a key is not
/// known), so that neither rhythm nor key alone gives it away. The likelier one, by nats a note, is chosen.
/// </summary>
public static class FoilReport
{
    private const int Seed = 1;

    /// <summary>Nats a note that rounding makes of nothing: such a model has guessed.</summary>
    private const double Tie = 1e-9;

    /// <returns>Each excerpt that has a foil, with it.</returns>
    public static IReadOnlyList<(Excerpt Excerpt, IReadOnlyList<GridNote> Foil)> Choose(IReadOnlyList<Excerpt> excerpts)
    {
        var random = new Random(Seed);
        var pairs = new List<(Excerpt, IReadOnlyList<GridNote>)>();
        foreach (var excerpt in excerpts)
        {
            var others = excerpts.Where(e => e.Piece != excerpt.Piece && e.Context.Meter == excerpt.Context.Meter).ToList();
            if (others.Count > 0)
                pairs.Add((excerpt, Foil(excerpt, others[random.Next(others.Count)])));
        }
        return pairs;
    }

    /// <returns>Null where no excerpt has a foil.</returns>
    public static Estimate? Recognised(ILikelihoodModel model, IReadOnlyList<(Excerpt Excerpt, IReadOnlyList<GridNote> Foil)> pairs, Action progress)
    {
        var outcomes = new List<(double, double)>();
        foreach (var (excerpt, foil) in pairs)
        {
            var nats = model.Evaluate([AsPhrase(excerpt, []), AsPhrase(excerpt, excerpt.Truth), AsPhrase(excerpt, foil)]).Select(Sum).ToArray();
            var (truth, other) = ((nats[1] - nats[0]) / excerpt.Truth.Count, (nats[2] - nats[0]) / foil.Count);
            outcomes.Add((Math.Abs(truth - other) < Tie ? 0.5 : truth < other ? 1 : 0, 1));
            progress();
        }
        return Bootstrap.Ratio(outcomes);
    }

    private static GridNote[] Foil(Excerpt excerpt, Excerpt other)
    {
        var semitones = excerpt.Context.Role == Role.Drums ? 0 : Transposition(excerpt, other);
        return [.. other.Truth.Select(n => n with { Pitch = Math.Clamp(n.Pitch + semitones, 0, 127) })];
    }

    /// <summary>From key to key, into the octave in which the prime's mean pitch is nearest.</summary>
    private static int Transposition(Excerpt excerpt, Excerpt other)
    {
        var distance = excerpt.Prime.Average(n => n.Pitch) - other.Truth.Average(n => n.Pitch);
        return excerpt.Context.Key is { } key && other.Context.Key is { } foreign
            ? key.TonicPitchClass - foreign.TonicPitchClass + (12 * (int)Math.Round((distance - (key.TonicPitchClass - foreign.TonicPitchClass)) / 12))
            : (int)Math.Round(distance);
    }

    private static HeldOutPhrase AsPhrase(Excerpt excerpt, IReadOnlyList<GridNote> continuation) =>
        new(excerpt.Piece, new Phrase(excerpt.Context, [.. excerpt.Prime, .. continuation], excerpt.VelocityIsKnown, EndsPiece: false));

    private static double Sum(AspectNats nats) => nats[NoteAspect.Time] + nats[NoteAspect.Pitch] + nats[NoteAspect.Duration];
}
