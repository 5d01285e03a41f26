using MidiMuse.Core.Baselines;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Models.Evaluation;

/// <summary>Drawn from the Markov baseline.</summary>
public sealed class MarkovContinuation(MarkovModel model, SamplerSettings settings) : IContinuation
{
    public const string Label = "Markov";

    private const int MostNotes = 8192;

    /// <summary>More events than the model looks back.</summary>
    private const int Past = 8;

    private readonly Sampler _sampler = new();

    public string Name => Label;

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed)
    {
        var random = new Xoshiro256(seed);
        var encoder = new NoteEventEncoder(excerpt.Context);
        var history = new List<NoteEvent> { encoder.Start };
        foreach (var note in excerpt.Prime)
            history.Add(encoder.Encode(note, excerpt.VelocityIsKnown));
        var notes = new List<GridNote>();
        while (notes.Count < MostNotes)
        {
            var past = history.TakeLast(Past).ToArray();
            var earliest = NoteEventVocabulary.TimeShiftFromTicks(excerpt.PrimeTicks - encoder.PositionTick);
            var next = default(NoteEvent) with { TimeShift = Draw(NoteAspect.Time, past, default, settings.Time, earliest, NoteEventVocabulary.TimeShiftValues - 1, ref random) };
            var (position, _) = encoder.Locate(next.TimeShift);
            next = next with { Position = (byte)position };
            next = next with { Pitch = Draw(NoteAspect.Pitch, past, next, settings.Pitch, 0, NoteEventVocabulary.PitchTargets - 1, ref random) };
            next = next with { Duration = Draw(NoteAspect.Duration, past, next, settings.Duration, 0, NoteEventVocabulary.DurationTargets - 1, ref random) };
            next = next with { Velocity = Draw(NoteAspect.Velocity, past, next, settings.Velocity, 0, NoteEventVocabulary.VelocityTargets - 1, ref random) };
            history.Add(encoder.Append(next.TimeShift, next.Pitch, next.Duration, next.Velocity));
            if (encoder.PositionTick >= excerpt.EndTick)
                break;
            notes.Add(new GridNote(encoder.PositionTick, NoteEventVocabulary.DurationToTicks(next.Duration), next.Pitch, NoteEventVocabulary.VelocityToMidi(next.Velocity)));
        }
        return notes;
    }

    private byte Draw(NoteAspect aspect, NoteEvent[] past, in NoteEvent next, DrawSettings draw, int first, int last, ref Xoshiro256 random)
    {
        var probabilities = new double[MarkovModel.ClassesOf(aspect)];
        model.Distribution(aspect, past, next, probabilities);
        var logits = Array.ConvertAll(probabilities, p => (float)Math.Log(p));
        return (byte)_sampler.Draw(logits, ClassMask.Range(first, last), draw, ref random).Class;
    }
}
