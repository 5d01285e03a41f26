using MidiMuse.Core.Events;
using static MidiMuse.Models.Onnx.Protos.TensorProto.Types;

namespace MidiMuse.Models.Onnx;

/// <summary>The graphs of the sequential heads, each of which depends on an earlier choice.</summary>
/// <param name="context">Width of the vector that they read.</param>
public sealed class EventHeadGraphs(TensorFile weights, int context)
{
    /// <summary>Content by file name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => new Dictionary<string, byte[]>
    {
        ["pitch.onnx"] = Pitch(),
        ["duration.onnx"] = Duration(),
        ["velocity.onnx"] = Velocity(),
    };

    /// <summary>
    /// context f32 [n, context], time_shift, position, bar_phase and chord int64 [n] to pitch_logits f32 [n, 128]
    /// and pitch_context f32 [n, context].
    /// </summary>
    private byte[] Pitch()
    {
        var graph = new GraphBuilder("pitch");
        var x = graph.Input("context", DataType.Float, "n", context);
        x = AddEmbedding(graph, x, "pitch_of_time", NoteEventVocabulary.TimeShiftTargets, "time_shift");
        x = AddEmbedding(graph, x, "pitch_of_position", NoteEventVocabulary.Positions, "position");
        x = AddEmbedding(graph, x, "pitch_of_phase", NoteEventVocabulary.BarPhases, "bar_phase");
        x = AddEmbedding(graph, x, "pitch_of_chord", ConditionVocabulary.Chords, "chord");
        return Head(graph, x, "pitch", NoteEventVocabulary.PitchTargets, "pitch_context");
    }

    /// <summary>pitch_context f32 [n, context], pitch int64 [n] to duration_logits f32 [n, 72], duration_context f32 [n, context].</summary>
    private byte[] Duration()
    {
        var graph = new GraphBuilder("duration");
        var x = graph.Input("pitch_context", DataType.Float, "n", context);
        x = AddEmbedding(graph, x, "duration_of_pitch", NoteEventVocabulary.PitchTargets, "pitch");
        return Head(graph, x, "duration", NoteEventVocabulary.DurationTargets, "duration_context");
    }

    /// <summary>duration_context f32 [n, context], duration int64 [n] to velocity_logits f32 [n, 32].</summary>
    private byte[] Velocity()
    {
        var graph = new GraphBuilder("velocity");
        var x = graph.Input("duration_context", DataType.Float, "n", context);
        x = AddEmbedding(graph, x, "velocity_of_duration", NoteEventVocabulary.DurationTargets, "duration");
        return Head(graph, x, "velocity", NoteEventVocabulary.VelocityTargets, null);
    }

    private string AddEmbedding(GraphBuilder graph, string x, string table, int classes, string input)
    {
        var indices = graph.Input(input, DataType.Int64, "n");
        return graph.Node("Add", [x, graph.Embedding(weights.Get($"{table}.weight", classes, context), indices)]);
    }

    private byte[] Head(GraphBuilder graph, string x, string name, int classes, string? contextName)
    {
        var up = graph.Linear(x, weights.Get($"{name}_mlp.up.weight", context, context), weights.Get($"{name}_mlp.up.bias", context));
        var down = graph.Linear(graph.Node("Relu", [up]), weights.Get($"{name}_mlp.down.weight", context, context), weights.Get($"{name}_mlp.down.bias", context));
        var y = graph.Node("Add", [x, down]);
        graph.Output(graph.Linear(y, weights.Get($"{name}.weight", classes, context), weights.Get($"{name}.bias", classes)), $"{name}_logits", "n", classes);
        if (contextName is not null)
            graph.Output(y, contextName, "n", context);
        return graph.ToBytes();
    }
}
