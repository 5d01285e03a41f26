using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>A Transformer's graphs, opened by ONNX Runtime.</summary>
internal sealed class TransformerGraphs : IDisposable
{
    private readonly ModelGraphs _graphs;

    /// <exception cref="ModelException">Damaged, GraphMismatch or RuntimeFailed.</exception>
    public TransformerGraphs(ModelFolder folder, ModelDevice device)
    {
        Sizes = folder.Description;
        _graphs = new ModelGraphs(folder, device);
        try
        {
            Backbone = _graphs.Open("backbone.onnx", [.. Inputs()], [.. Outputs()]);
            Heads = new HeadGraphs(_graphs);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ModelDescription Sizes { get; }

    /// <summary>
    /// events int64 [batch, steps, 18], position int64 [batch, steps], last_position int32 [batch], total int32 [1],
    /// past_k_0.. and past_v_0.. f32 [batch, heads, capacity, head size] to context [batch, steps, D],
    /// time_logits [batch, steps, 130], present_k_0.. and present_v_0.., which may be the same memory as the past.
    /// </summary>
    public ModelGraph Backbone { get; }

    public HeadGraphs Heads { get; }

    public void Dispose() => _graphs.Dispose();

    private IEnumerable<string> Inputs() =>
        ((IEnumerable<string>)["events", "position", "last_position", "total"]).Concat(Caches("past"));

    private IEnumerable<string> Outputs() => ((IEnumerable<string>)["context", "time_logits"]).Concat(Caches("present"));

    private IEnumerable<string> Caches(string time) =>
        Enumerable.Range(0, Sizes.Layers).SelectMany(layer => new[] { $"{time}_k_{layer}", $"{time}_v_{layer}" });
}
