using MidiMuse.Core.Patterns;

namespace MidiMuse.Inference.Patterns;

/// <summary>
/// A copy of a decoder's logits to which given notes are added as a wish. A small VAE does not give back every note of a
/// dense pattern, and a variation by nothing must be the motif itself. [engine]
/// </summary>
internal sealed class AnchoredLogits
{
    private readonly float[] _count = new float[PatternVocabulary.Steps * PatternVocabulary.Counts];
    private readonly float[] _pitch = new float[PatternVocabulary.Steps * PatternVocabulary.Pitches];
    private readonly float[] _lowDuration = new float[PatternVocabulary.Steps * PatternVocabulary.Durations];
    private readonly float[] _highDuration = new float[PatternVocabulary.Steps * PatternVocabulary.Durations];

    public PatternLogits Logits => new() { Count = _count, Pitch = _pitch, LowDuration = _lowDuration, HighDuration = _highDuration };

    public void CopyFrom(in PatternLogits logits)
    {
        logits.Count.CopyTo(_count);
        logits.Pitch.CopyTo(_pitch);
        logits.LowDuration.CopyTo(_lowDuration);
        logits.HighDuration.CopyTo(_highDuration);
    }

    /// <summary>Makes the notes, and the silence between them, e^nats times as likely.</summary>
    /// <param name="notes">Sorted by step, then pitch.</param>
    public void Pull(ReadOnlySpan<PatternNote> notes, double nats)
    {
        if (nats <= 0)
            return;
        var next = 0;
        for (var step = 0; step < PatternVocabulary.Steps; step++)
        {
            var first = next;
            while (next < notes.Length && notes[next].Step == step)
                _pitch[(step * PatternVocabulary.Pitches) + notes[next++].Pitch] += (float)nats;
            _count[(step * PatternVocabulary.Counts) + Math.Min(next - first, PatternVocabulary.MostVoices)] += (float)nats;
            if (next == first)
                continue;
            _lowDuration[(step * PatternVocabulary.Durations) + notes[first].Duration] += (float)nats;
            _highDuration[(step * PatternVocabulary.Durations) + notes[next - 1].Duration] += (float)nats;
        }
    }
}
