using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Patterns;

/// <summary>
/// Varies a motif by an amount, and morphs between two motifs: latents are moved on a great circle, and what they decode
/// to is written within the constraints. Every bar follows from the motifs, the seed and its number alone. [engine] One
/// per instance; a bar allocates nothing.
/// </summary>
public sealed class MotifVariations
{
    /// <summary>Share of the way to a random latent that the amount 1 goes: beyond, nothing of the motif is left.</summary>
    private const double FarthestShare = 0.7;

    /// <summary>How much likelier a motif's own notes are made where nothing is to change.</summary>
    private const double AnchorNats = 12;

    /// <summary>
    /// Powers with which that falls with the amount, and with the distance from an end of a morph. Chosen on held-out motifs
    /// (models/README.md): a quarter of the amount is heard, and the middle of a morph is made of notes of both ends.
    /// </summary>
    private const double AnchorPowerOfVariation = 6;

    private const double AnchorPowerOfMorph = 2;

    private const int MostNotes = 1024;

    private readonly IMotifVariator _model;
    private readonly PatternWriter _writer = new();
    private readonly AnchoredLogits _logits = new();
    private readonly PatternNote[] _notes = new PatternNote[MostNotes];
    private readonly PatternNote[] _otherNotes = new PatternNote[MostNotes];
    private readonly byte[] _velocities = new byte[PatternVocabulary.Steps];
    private readonly byte[] _otherVelocities = new byte[PatternVocabulary.Steps];
    private readonly float[] _latent;
    private readonly float[] _otherLatent;
    private readonly float[] _moved;

    public MotifVariations(IMotifVariator model)
    {
        _model = model;
        _latent = new float[model.LatentLength];
        _otherLatent = new float[model.LatentLength];
        _moved = new float[model.LatentLength];
    }

    /// <summary>One bar of the motif, varied: bar n of the answer is bar n of the motif, again and again, each time another way.</summary>
    /// <param name="motif"><see cref="PatternMotif.IsCovered"/>.</param>
    /// <param name="amount">0 the motif itself .. 1 hardly related.</param>
    /// <param name="notes">Takes the notes in phrase ticks, sorted by onset, then pitch.</param>
    /// <returns>Number of notes, or -1 where the model gave no numbers.</returns>
    /// <exception cref="Models.ModelException">The runtime failed.</exception>
    public int Vary(PatternMotif motif, double amount, in PatternBar bar, Span<GridNote> notes)
    {
        amount = Math.Clamp(amount, 0, 1);
        var place = Place.Of(motif, bar.Index);
        var header = motif.HeaderOf(place.Bars);
        var (frame, count) = Encode(motif, motif.Key, place, _notes, _latent, _velocities);

        var turn = ((long)(bar.Index / Math.Max(1, motif.Bars)) * motif.Chunks) + (place.FirstBar / motif.ChunkBars);
        var random = Xoshiro256.ForBar((ulong)bar.Seed, turn, bar.Draw);
        DrawDirection(header, ref random);
        Latents.Slerp(_latent, _otherLatent, Math.Sqrt(amount) * FarthestShare, _moved);

        _logits.CopyFrom(_model.Decode(header, _moved));
        _logits.Pull(_notes.AsSpan(0, count), Anchor(1 - amount, AnchorPowerOfVariation));
        return Write(bar, place, Fit(frame, motif.MeanPitch(place.FirstBar, place.Bars), bar.Constraints), ref random, notes);
    }

    /// <summary>
    /// One bar on the way from one motif to another, in the key and meter of the first. A motif in the relative key keeps
    /// its pitches, any other is transposed.
    /// </summary>
    /// <param name="position">0 the first motif .. 1 the second.</param>
    /// <param name="notes">Takes the notes in phrase ticks, sorted by onset, then pitch.</param>
    /// <returns>Number of notes, or -1 where the model gave no numbers.</returns>
    /// <exception cref="Models.ModelException">The runtime failed.</exception>
    public int Morph(PatternMotif from, PatternMotif to, double position, in PatternBar bar, Span<GridNote> notes)
    {
        position = Math.Clamp(position, 0, 1);
        var place = Place.Of(from, bar.Index);
        var (frame, count) = Encode(from, from.Key, place, _notes, _latent, _velocities);
        var otherPlace = Place.Of(to, bar.Index);
        var otherKey = InModeOf(from.Key, to.Key);
        var (otherFrame, otherCount) = Encode(to, otherKey, otherPlace, _otherNotes, _otherLatent, _otherVelocities);

        Latents.Slerp(_latent, _otherLatent, position, _moved);
        PatternAccents.Blend(_velocities, _otherVelocities, position);
        // Conditions are classes, so they change over in the middle; the bars are the first motif's all the way.
        var header = from.HeaderOf(place.Bars) with { Role = position < 0.5 ? from.Role : to.Role };
        _logits.CopyFrom(_model.Decode(header, _moved));
        _logits.Pull(_notes.AsSpan(0, count), Anchor(1 - position, AnchorPowerOfMorph));
        _logits.Pull(_otherNotes.AsSpan(0, otherCount), Anchor(position, AnchorPowerOfMorph));

        // The register goes over by octaves: from one motif's to the other's as it is in the first one's key.
        var otherShift = otherFrame.Shift - PatternFrame.KeyShift(otherKey) + PatternFrame.KeyShift(from.Key);
        var octaves = from.Role == Role.Drums ? 0 : (int)Math.Round((otherShift - frame.Shift) * position / 12);
        var moved = new PatternFrame(frame.Shift + (12 * octaves));
        var mean = from.MeanPitch(place.FirstBar, place.Bars) + frame.Shift;
        var otherMean = to.MeanPitch(otherPlace.FirstBar, otherPlace.Bars) + otherFrame.Shift;
        var sounding = mean + ((otherMean - mean) * position) - moved.Shift;
        var random = Xoshiro256.ForBar((ulong)bar.Seed, bar.Index, bar.Draw);
        return Write(bar, place, Fit(moved, sounding, bar.Constraints), ref random, notes);
    }

    private static double Anchor(double nearness, double power) => AnchorNats * Math.Pow(nearness, power);

    /// <summary>By octaves to where the constraints have pitches.</summary>
    private static PatternFrame Fit(PatternFrame frame, double meanPitch, NoteConstraints constraints)
    {
        var nearest = constraints.Pitches.Nearest((int)Math.Round(meanPitch));
        return new PatternFrame(frame.Shift - (12 * (int)Math.Round((nearest - meanPitch) / 12)));
    }

    /// <summary>The key, or the relative one where the other is of the other mode.</summary>
    private static Key? InModeOf(Key? wanted, Key? key)
    {
        if (wanted is not { } w || key is not { } k || w.Mode == k.Mode)
            return key;
        return (k.Mode == Mode.Minor ? k.Transpose(3) : k.Transpose(-3)) with { Mode = w.Mode };
    }

    private (PatternFrame Frame, int Count) Encode(PatternMotif motif, Key? key, in Place place, PatternNote[] notes, float[] latent, byte[] velocities)
    {
        var source = motif.Within(place.FirstBar, place.Bars);
        var startTick = (long)place.FirstBar * motif.Meter.BarTicks;
        var header = motif.HeaderOf(place.Bars) with { Key = key };
        var frame = PatternFrame.Of(source, key, motif.Role);
        var count = PatternReader.Read(source, startTick, header.Steps, frame, notes);
        PatternAccents.Fill(source, startTick, velocities);
        _model.Encode(header, notes.AsSpan(0, count), latent);
        return (frame, count);
    }

    /// <summary>A random latent as far from the middle as the motif's.</summary>
    private void DrawDirection(in PatternHeader header, ref Xoshiro256 random)
    {
        _otherLatent.AsSpan().Clear();
        var covered = _otherLatent.AsSpan(0, header.Quarters * _model.LatentOfQuarter);
        Latents.DrawNormal(covered, ref random);
        double length = 0, wanted = 0;
        for (var i = 0; i < covered.Length; i++)
        {
            length += (double)covered[i] * covered[i];
            wanted += (double)_latent[i] * _latent[i];
        }
        var scale = (float)Math.Sqrt(wanted / Math.Max(length, double.Epsilon));
        for (var i = 0; i < covered.Length; i++)
            covered[i] *= scale;
    }

    private int Write(in PatternBar bar, in Place place, PatternFrame frame, ref Xoshiro256 random, Span<GridNote> notes) => _writer.Write(
        _logits.Logits,
        bar.RequestOf(place.FirstStep, frame, _velocities),
        ref random,
        notes);

    /// <summary>Where in a motif a bar of the answer lies.</summary>
    /// <param name="FirstBar">First bar of the chunk that holds it.</param>
    /// <param name="Bars">Bars of the chunk.</param>
    /// <param name="FirstStep">First step of the bar in the chunk.</param>
    private readonly record struct Place(int FirstBar, int Bars, int FirstStep)
    {
        public static Place Of(PatternMotif motif, int answerBar)
        {
            var bar = answerBar % Math.Max(1, motif.Bars);
            var (first, count) = motif.ChunkOf(bar);
            return new Place(first, count, (bar - first) * PatternVocabulary.StepsOf(motif.Meter.BarTicks));
        }
    }
}
