using MidiMuse.Core.Events;

namespace MidiMuse.Inference.Tests.Support;

/// <summary>
/// The weights of a small LSTM with sequential heads, drawn from a fixed seed: the same shapes of inputs and outputs
/// as a trained model. <see cref="RandomLstmFolder"/> writes them as ONNX files, <see cref="PlainLstm"/> computes
/// with them in plain C#.
/// </summary>
internal sealed class RandomLstm
{
    private readonly Random _random;

    public RandomLstm(int layers = 2, int hidden = 24, int seed = 7)
    {
        Layers = layers;
        Hidden = hidden;
        _random = new Random(seed);
        // Gates in their sensitive range and logits of a few nats, at every width.
        var gateScale = 1.7f / MathF.Sqrt(hidden);
        var logitScale = 5 / MathF.Sqrt(hidden);
        Embeddings = [.. EventRow.Classes.Select(classes => Draw(classes * hidden, 0.6f))];
        InputWeights = [.. Enumerable.Range(0, layers).Select(_ => Draw(4 * hidden * hidden, gateScale))];
        RecurrentWeights = [.. Enumerable.Range(0, layers).Select(_ => Draw(4 * hidden * hidden, gateScale))];
        Biases = [.. Enumerable.Range(0, layers).Select(_ => Draw(8 * hidden, 0.1f))];
        TimeWeights = Draw(hidden * NoteEventVocabulary.TimeShiftTargets, logitScale);
        PitchTimeEmbedding = Draw(NoteEventVocabulary.TimeShiftTargets * hidden, 0.5f);
        PitchPositionEmbedding = Draw(NoteEventVocabulary.Positions * hidden, 0.5f);
        PitchPhaseEmbedding = Draw(NoteEventVocabulary.BarPhases * hidden, 0.5f);
        PitchChordEmbedding = Draw(ConditionVocabulary.Chords * hidden, 0.5f);
        PitchWeights = Draw(hidden * NoteEventVocabulary.PitchTargets, logitScale);
        DurationEmbedding = Draw(NoteEventVocabulary.PitchTargets * hidden, 0.5f);
        DurationWeights = Draw(hidden * NoteEventVocabulary.DurationTargets, logitScale);
        VelocityEmbedding = Draw(NoteEventVocabulary.DurationTargets * hidden, 0.5f);
        VelocityWeights = Draw(hidden * NoteEventVocabulary.VelocityTargets, logitScale);
    }

    public int Layers { get; }

    /// <summary>Width of embeddings, state and context alike.</summary>
    public int Hidden { get; }

    public float[][] Embeddings { get; }         // [column][classes, H]

    public float[][] InputWeights { get; }       // [layer][4H, H], gates in ONNX's order: input, output, forget, cell

    public float[][] RecurrentWeights { get; }   // [layer][4H, H]

    public float[][] Biases { get; }             // [layer][8H], input's and recurrent's

    public float[] TimeWeights { get; }          // [H, 130]

    public float[] PitchTimeEmbedding { get; }   // [130, H]

    public float[] PitchPositionEmbedding { get; } // [192, H]

    public float[] PitchPhaseEmbedding { get; }  // [8, H]

    public float[] PitchChordEmbedding { get; }  // [206, H]

    public float[] PitchWeights { get; }         // [H, 128]

    public float[] DurationEmbedding { get; }    // [128, H]

    public float[] DurationWeights { get; }      // [H, 72]

    public float[] VelocityEmbedding { get; }    // [72, H]

    public float[] VelocityWeights { get; }      // [H, 32]

    private float[] Draw(int count, float scale)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = ((float)_random.NextDouble() - 0.5f) * 2 * scale;
        return values;
    }
}
