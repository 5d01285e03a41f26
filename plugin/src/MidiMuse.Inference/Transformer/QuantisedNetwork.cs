using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// A Transformer's weights as its graphs' files hold them, matrices in 8 bits, for the processor's own arithmetic
/// (plugin/docs/decisions/eight-bits.md). Immutable; shared by all sessions.
/// </summary>
internal sealed class QuantisedNetwork
{
    /// <exception cref="ModelException">Damaged or GraphMismatch.</exception>
    public QuantisedNetwork(ModelFolder folder)
    {
        var d = folder.Description;
        Width = d.Context;
        Heads = d.Heads;
        Capacity = d.Capacity;
        var backbone = OnnxTensors.Read(folder, "backbone.onnx");
        Feed = backbone.ShapeOf("blocks.0.up.weight")[^1];
        if (HeadSize % FixedOrder.Lanes != 0 || Feed % FixedOrder.Lanes != 0)
            throw new ModelException(ModelFault.Unsupported, $"The model {d.Name} has layers whose sizes are no multiples of {FixedOrder.Lanes}.");
        Events = backbone.Get("events.weight", EventRow.Classes.Sum(), Width);
        Cosines = backbone.Get("cos", Capacity, HeadSize / 2);
        Sines = backbone.Get("sin", Capacity, HeadSize / 2);
        Blocks = [.. Enumerable.Range(0, d.Layers).Select(layer => new Block(backbone, layer, Width, Feed))];
        Time = new Linear(backbone, "time", Width, NoteEventVocabulary.TimeShiftTargets);
        Pitch = new Head(
            OnnxTensors.Read(folder, "pitch.onnx"),
            "pitch",
            Width,
            NoteEventVocabulary.PitchTargets,
            [("pitch_of_time", NoteEventVocabulary.TimeShiftTargets), ("pitch_of_position", NoteEventVocabulary.Positions), ("pitch_of_phase", NoteEventVocabulary.BarPhases), ("pitch_of_chord", ConditionVocabulary.Chords)]);
        Duration = new Head(OnnxTensors.Read(folder, "duration.onnx"), "duration", Width, NoteEventVocabulary.DurationTargets, [("duration_of_pitch", NoteEventVocabulary.PitchTargets)]);
        Velocity = new Head(OnnxTensors.Read(folder, "velocity.onnx"), "velocity", Width, NoteEventVocabulary.VelocityTargets, [("velocity_of_duration", NoteEventVocabulary.DurationTargets)]);
    }

    public int Width { get; }

    public int Heads { get; }

    public int HeadSize => Width / Heads;

    public int Feed { get; }

    public int Capacity { get; }

    /// <summary>[890, width] f32</summary>
    public float[] Events { get; }

    /// <summary>[capacity, half a head] f32</summary>
    public float[] Cosines { get; }

    public float[] Sines { get; }

    public Block[] Blocks { get; }

    public Linear Time { get; }

    public Head Pitch { get; }

    public Head Duration { get; }

    public Head Velocity { get; }

    /// <summary>Query, key and value as one matrix, then the others of a layer.</summary>
    internal sealed class Block(OnnxTensors tensors, int layer, int width, int feed)
    {
        public QuantisedMatrix Attention { get; } = new([Weight(tensors, layer, "q", width, width), Weight(tensors, layer, "k", width, width), Weight(tensors, layer, "v", width, width)], width, width);

        public QuantisedMatrix Output { get; } = new(Weight(tensors, layer, "o", width, width), width, width);

        public QuantisedMatrix Up { get; } = new(Weight(tensors, layer, "up", width, feed), width, feed);

        public QuantisedMatrix Down { get; } = new(Weight(tensors, layer, "down", feed, width), feed, width);

        private static float[] Weight(OnnxTensors tensors, int layer, string name, int inputs, int outputs) => tensors.Get($"blocks.{layer}.{name}.weight", inputs, outputs);
    }

    internal sealed class Linear(OnnxTensors tensors, string name, int inputs, int outputs)
    {
        private readonly QuantisedMatrix _weight = new(tensors.Get($"{name}.weight", inputs, outputs), inputs, outputs);
        private readonly float[] _bias = tensors.Get($"{name}.bias", outputs);

        public void Apply(QuantisedVector x, Span<float> y)
        {
            _weight.Multiply(x, y);
            for (var i = 0; i < _bias.Length; i++)
                y[i] += _bias[i];
        }
    }

    /// <summary>x plus a row of each table, a residual MLP, logits.</summary>
    internal sealed class Head
    {
        private readonly float[][] _tables; // each [classes, width] f32
        private readonly Linear _up;
        private readonly Linear _down;
        private readonly Linear _logits;

        public Head(OnnxTensors tensors, string name, int width, int classes, (string Name, int Classes)[] tables)
        {
            _tables = [.. tables.Select(table => tensors.Get($"{table.Name}.weight", table.Classes, width))];
            _up = new Linear(tensors, $"{name}_mlp.up", width, width);
            _down = new Linear(tensors, $"{name}_mlp.down", width, width);
            _logits = new Linear(tensors, name, width, classes);
        }

        /// <param name="context">[width] f32; the choices' rows are added to it, and what the MLP makes of it.</param>
        /// <param name="choices">A class of each table.</param>
        public void Apply(Span<float> context, ReadOnlySpan<int> choices, QuantisedVector codes, Span<float> scratch, Span<float> logits)
        {
            for (var i = 0; i < choices.Length; i++)
                FixedOrder.Add(_tables[i].AsSpan(choices[i] * context.Length, context.Length), context);
            codes.Set(context);
            _up.Apply(codes, scratch);
            FixedOrder.Rectify(scratch);
            codes.Set(scratch);
            _down.Apply(codes, scratch);
            FixedOrder.Add(scratch, context);
            codes.Set(context);
            _logits.Apply(codes, logits);
        }
    }
}
