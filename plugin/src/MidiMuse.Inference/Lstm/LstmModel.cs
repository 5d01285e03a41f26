using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Lstm;

/// <summary>A multi-layer LSTM over note events with four sequential heads, each a graph of its own.</summary>
internal sealed class LstmModel : INoteEventModel, IDisposable
{
    public const string Kind = "lstm";

    private const int MostLayers = 16;
    private const int WidestVector = 8192;

    private readonly List<ModelGraph> _opened = [];

    private LstmModel(ModelFolder folder, ModelDevice device)
    {
        Description = folder.Description;
        Hash = folder.Hash;
        CheckSizes();
        try
        {
            Backbone = Open(folder, device, "backbone.onnx", ["events", "h", "c"], ["context", "time_logits", "h_out", "c_out"]);
            Pitch = Open(folder, device, "pitch.onnx", ["context", "time_shift", "position", "bar_phase"], ["pitch_logits", "pitch_context"]);
            Duration = Open(folder, device, "duration.onnx", ["pitch_context", "pitch"], ["duration_logits", "duration_context"]);
            Velocity = Open(folder, device, "velocity.onnx", ["duration_context", "duration"], ["velocity_logits"]);
            TryOut();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ModelDescription Description { get; }

    public string Hash { get; }

    /// <summary>events int64 [steps, 1, 9], h and c f32 [layers, 1, hidden] to context [steps, 1, D], time_logits [steps, 1, 130], h_out, c_out.</summary>
    public ModelGraph Backbone { get; }

    /// <summary>context f32 [1, D], time_shift, position, bar_phase int64 [1] to pitch_logits [1, 128], pitch_context [1, D].</summary>
    public ModelGraph Pitch { get; }

    /// <summary>pitch_context f32 [1, D], pitch int64 [1] to duration_logits [1, 72], duration_context [1, D].</summary>
    public ModelGraph Duration { get; }

    /// <summary>duration_context f32 [1, D], duration int64 [1] to velocity_logits [1, 32].</summary>
    public ModelGraph Velocity { get; }

    /// <exception cref="ModelException">Damaged, GraphMismatch or RuntimeFailed.</exception>
    public static LstmModel Load(ModelFolder folder, ModelDevice device) => new(folder, device);

    public NoteEventSession CreateSession() => new LstmSession(this);

    public void Dispose()
    {
        foreach (var graph in _opened)
            graph.Dispose();
        _opened.Clear();
    }

    private void CheckSizes()
    {
        if (Description.Layers is < 1 or > MostLayers || Description.Hidden is < 1 or > WidestVector || Description.Context is < 1 or > WidestVector)
            throw new ModelException(ModelFault.Damaged, $"{ModelFolder.DescriptionFile} of the model {Description.Name} gives impossible sizes.");
    }

    private ModelGraph Open(ModelFolder folder, ModelDevice device, string file, string[] inputs, string[] outputs)
    {
        var graph = ModelGraph.Open(folder.PathOf(file), device);
        _opened.Add(graph);
        CheckNames(file, "inputs", graph.Cpu.InputNames, inputs);
        CheckNames(file, "outputs", graph.Cpu.OutputNames, outputs);
        return graph;
    }

    private static void CheckNames(string file, string what, IReadOnlyList<string> found, string[] expected)
    {
        if (!found.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)))
            throw new ModelException(ModelFault.GraphMismatch, $"{file} has the {what} {string.Join(", ", found)} instead of {string.Join(", ", expected)}.");
    }

    /// <summary>
    /// One note through every graph: a shape that does not fit, or weights that are not finite, are found here and
    /// not while somebody plays, and the first real step finds everything warm.
    /// </summary>
    private void TryOut()
    {
        using var session = CreateSession();
        session.Reset(new PhraseContext(Meter.CommonTime, Role.Melody, null));
        CheckFinite("time", session.TimeLogits);
        CheckFinite("pitch", session.PitchLogits(0));
        CheckFinite("duration", session.DurationLogits(60));
        CheckFinite("velocity", session.VelocityLogits(0));
        // As many events as need a chunk of every size.
        Span<GridNote> notes = stackalloc GridNote[LstmSession.EventsOfAllChunks];
        notes.Fill(new GridNote(0, 24, 60, 80));
        session.Prefill(notes);
        CheckFinite("time", session.TimeLogits);
    }

    private void CheckFinite(string head, ReadOnlySpan<float> logits)
    {
        foreach (var logit in logits)
        {
            if (!float.IsFinite(logit))
                throw new ModelException(ModelFault.RuntimeFailed, $"The {head} head of the model {Description.Name} gives numbers that are not finite.");
        }
    }
}
