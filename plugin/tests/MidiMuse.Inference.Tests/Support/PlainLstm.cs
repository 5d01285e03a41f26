using MidiMuse.Core.Events;

namespace MidiMuse.Inference.Tests.Support;

/// <summary>
/// The oracle: the forward pass of a <see cref="RandomLstm"/> in plain C# and double precision, written from the
/// formulas of ONNX's LSTM operator (default activations, no peepholes).
/// </summary>
internal sealed class PlainLstm(RandomLstm weights)
{
    private readonly double[][] _h = [.. Enumerable.Range(0, weights.Layers).Select(_ => new double[weights.Hidden])];
    private readonly double[][] _c = [.. Enumerable.Range(0, weights.Layers).Select(_ => new double[weights.Hidden])];

    private double[] _context = [];
    private double[] _headContext = [];

    public double[] Step(NoteEvent note, ConditionRow told)
    {
        int[] columns =
        [
            note.TimeShift, note.Pitch, note.Duration, note.Velocity, note.Position, note.BarPhase, note.Meter, note.Role, note.Key,
            told.Chord, told.Style, told.Density, told.Register, told.Polyphony, told.Valence, told.Energy, told.Segment, told.BarsLeft,
        ];
        var x = new double[weights.Hidden];
        for (var column = 0; column < columns.Length; column++)
            AddRow(x, weights.Embeddings[column], columns[column]);
        for (var layer = 0; layer < weights.Layers; layer++)
            x = Layer(layer, x);
        _context = x;
        return Logits(x, weights.TimeWeights);
    }

    public double[] Pitch(int timeShift, int position, int barPhase, int chord)
    {
        _headContext = [.. _context];
        AddRow(_headContext, weights.PitchTimeEmbedding, timeShift);
        AddRow(_headContext, weights.PitchPositionEmbedding, position);
        AddRow(_headContext, weights.PitchPhaseEmbedding, barPhase);
        AddRow(_headContext, weights.PitchChordEmbedding, chord);
        Squash(_headContext);
        return Logits(_headContext, weights.PitchWeights);
    }

    public double[] Duration(int pitch) => NextHead(weights.DurationEmbedding, pitch, weights.DurationWeights);

    public double[] Velocity(int duration) => NextHead(weights.VelocityEmbedding, duration, weights.VelocityWeights);

    private double[] NextHead(float[] embedding, int choice, float[] output)
    {
        AddRow(_headContext, embedding, choice);
        Squash(_headContext);
        return Logits(_headContext, output);
    }

    private double[] Layer(int layer, double[] x)
    {
        var hidden = weights.Hidden;
        var (h, c) = (_h[layer], _c[layer]);
        var gates = new double[4 * hidden];
        for (var row = 0; row < gates.Length; row++)
        {
            gates[row] = weights.Biases[layer][row] + weights.Biases[layer][(4 * hidden) + row];
            for (var i = 0; i < hidden; i++)
                gates[row] += (weights.InputWeights[layer][(row * hidden) + i] * x[i]) + (weights.RecurrentWeights[layer][(row * hidden) + i] * h[i]);
        }
        for (var i = 0; i < hidden; i++)
        {
            var (input, output, forget) = (Sigmoid(gates[i]), Sigmoid(gates[hidden + i]), Sigmoid(gates[(2 * hidden) + i]));
            c[i] = (forget * c[i]) + (input * Math.Tanh(gates[(3 * hidden) + i]));
            h[i] = output * Math.Tanh(c[i]);
        }
        return [.. h];
    }

    private static double[] Logits(double[] x, float[] matrix)
    {
        var logits = new double[matrix.Length / x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < logits.Length; k++)
                logits[k] += x[i] * matrix[(i * logits.Length) + k];
        }
        return logits;
    }

    private static void AddRow(double[] x, float[] table, int row)
    {
        for (var i = 0; i < x.Length; i++)
            x[i] += table[(row * x.Length) + i];
    }

    private static void Squash(double[] x)
    {
        for (var i = 0; i < x.Length; i++)
            x[i] = Math.Tanh(x[i]);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
