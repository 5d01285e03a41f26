using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Heads;

/// <summary>The three head graphs of a model, shared by its sessions.</summary>
internal sealed class HeadGraphs
{
    public HeadGraphs(ModelGraphs graphs)
    {
        Pitch = graphs.Open("pitch.onnx", ["context", "time_shift", "position", "bar_phase", "chord"], ["pitch_logits", "pitch_context"]);
        Duration = graphs.Open("duration.onnx", ["pitch_context", "pitch"], ["duration_logits", "duration_context"]);
        Velocity = graphs.Open("velocity.onnx", ["duration_context", "duration"], ["velocity_logits"]);
    }

    /// <summary>context f32 [1, D], time_shift, position, bar_phase and chord int64 [1] to pitch_logits [1, 128], pitch_context [1, D].</summary>
    public ModelGraph Pitch { get; }

    /// <summary>pitch_context f32 [1, D], pitch int64 [1] to duration_logits [1, 72], duration_context [1, D].</summary>
    public ModelGraph Duration { get; }

    /// <summary>duration_context f32 [1, D], duration int64 [1] to velocity_logits [1, 32].</summary>
    public ModelGraph Velocity { get; }
}
