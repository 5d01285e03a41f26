using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Models.Onnx;

/// <summary>
/// The four ONNX files of an LSTM, run plainly and in batches, for checks and evaluation. The plugin's own runtime
/// (MidiMuse.Inference) binds everything once instead.
/// </summary>
public sealed class LstmSessions : IDisposable
{
    private readonly InferenceSession _backbone;
    private readonly InferenceSession _pitch;
    private readonly InferenceSession _duration;
    private readonly InferenceSession _velocity;

    /// <param name="folder">Holds backbone.onnx, pitch.onnx, duration.onnx and velocity.onnx.</param>
    /// <exception cref="ModelException">A file is missing or damaged.</exception>
    public LstmSessions(string folder)
    {
        _backbone = OnnxSessions.Open(Path.Combine(folder, "backbone.onnx"));
        _pitch = OnnxSessions.Open(Path.Combine(folder, "pitch.onnx"));
        _duration = OnnxSessions.Open(Path.Combine(folder, "duration.onnx"));
        _velocity = OnnxSessions.Open(Path.Combine(folder, "velocity.onnx"));
        var state = _backbone.InputMetadata["h"].Dimensions;
        Layers = state[0];
        Hidden = state[2];
        Context = _pitch.InputMetadata["context"].Dimensions[1];
    }

    public int Layers { get; }

    public int Hidden { get; }

    public int Context { get; }

    /// <summary>An empty memory for a batch, f32 [layers, batch, hidden], all zero.</summary>
    public LstmState ZeroState(int batch) => new(new float[Layers * batch * Hidden], new float[Layers * batch * Hidden]);

    /// <param name="events">int64 [steps, batch, 9].</param>
    public LstmOutput Backbone(long[] events, int steps, int batch, LstmState state)
    {
        using var e = OrtValue.CreateTensorValueFromMemory(events, [steps, batch, 9]);
        using var h = OrtValue.CreateTensorValueFromMemory(state.H, [Layers, batch, Hidden]);
        using var c = OrtValue.CreateTensorValueFromMemory(state.C, [Layers, batch, Hidden]);
        var outputs = Run(_backbone, [("events", e), ("h", h), ("c", c)], "context", "time_logits", "h_out", "c_out");
        return new LstmOutput(outputs[0], outputs[1], new LstmState(outputs[2], outputs[3]));
    }

    /// <param name="context">f32 [n, context].</param>
    /// <param name="timeShift">int64 [n], as the other two.</param>
    public (float[] Logits, float[] Context) Pitch(float[] context, long[] timeShift, long[] position, long[] barPhase)
    {
        using var x = Vectors(context);
        using var t = Classes(timeShift);
        using var p = Classes(position);
        using var b = Classes(barPhase);
        var outputs = Run(_pitch, [("context", x), ("time_shift", t), ("position", p), ("bar_phase", b)], "pitch_logits", "pitch_context");
        return (outputs[0], outputs[1]);
    }

    public (float[] Logits, float[] Context) Duration(float[] pitchContext, long[] pitch)
    {
        using var x = Vectors(pitchContext);
        using var p = Classes(pitch);
        var outputs = Run(_duration, [("pitch_context", x), ("pitch", p)], "duration_logits", "duration_context");
        return (outputs[0], outputs[1]);
    }

    public float[] Velocity(float[] durationContext, long[] duration)
    {
        using var x = Vectors(durationContext);
        using var d = Classes(duration);
        return Run(_velocity, [("duration_context", x), ("duration", d)], "velocity_logits")[0];
    }

    public void Dispose()
    {
        _backbone.Dispose();
        _pitch.Dispose();
        _duration.Dispose();
        _velocity.Dispose();
    }

    private OrtValue Vectors(float[] values) => OrtValue.CreateTensorValueFromMemory(values, [values.Length / Context, Context]);

    private static OrtValue Classes(long[] values) => OrtValue.CreateTensorValueFromMemory(values, [values.Length]);

    private static float[][] Run(InferenceSession session, (string Name, OrtValue Value)[] inputs, params string[] outputs)
    {
        using var options = new RunOptions();
        using var results = session.Run(options, [.. inputs.Select(i => i.Name)], [.. inputs.Select(i => i.Value)], outputs);
        return [.. results.Select(r => r.GetTensorDataAsSpan<float>().ToArray())];
    }
}

/// <summary>Memory of an LSTM: f32 [layers, batch, hidden] each.</summary>
public sealed record LstmState(float[] H, float[] C);

/// <summary>Context f32 [steps, batch, context], time logits f32 [steps, batch, 130], and the memory afterwards.</summary>
public sealed record LstmOutput(float[] Context, float[] TimeLogits, LstmState State);
