using MidiMuse.Core.Events;
using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>A decoder over note events and their conditions with four sequential heads.</summary>
internal sealed class TransformerModel : ILoadedModel
{
    public const string Kind = "transformer";

    /// <summary>Columns of the <c>events</c> input.</summary>
    private const int MostLayers = 64;
    private const int MostHeads = 64;
    private const int WidestVector = 8192;
    private const int MostEvents = 1 << 16;

    private readonly ModelGraphs _graphs;

    private TransformerModel(ModelFolder folder, ModelDevice device)
    {
        Description = folder.Description;
        Hash = folder.Hash;
        folder.CheckVocabulary(NoteEventVocabulary.Version);
        CheckSizes();
        _graphs = new ModelGraphs(folder, device);
        try
        {
            Backbone = _graphs.Open("backbone.onnx", [.. Inputs()], [.. Outputs()]);
            Heads = new HeadGraphs(_graphs);
            ModelTrial.Run(this, events: 4);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ModelDescription Description { get; }

    public string Hash { get; }

    /// <summary>
    /// events int64 [batch, steps, 18], position int64 [batch, steps], last_position int32 [batch], total int32 [1],
    /// past_k_0.. and past_v_0.. f32 [batch, heads, capacity, head size] to context [batch, steps, D],
    /// time_logits [batch, steps, 130], present_k_0.. and present_v_0.., which may be the same memory as the past.
    /// </summary>
    public ModelGraph Backbone { get; }

    public HeadGraphs Heads { get; }

    public int Width => Description.Context;

    /// <summary>Values of one layer's keys for one sequence: heads, capacity, head size.</summary>
    public int CacheLength => Description.Capacity * Width;

    /// <exception cref="ModelException">Damaged, GraphMismatch or RuntimeFailed.</exception>
    public static TransformerModel Load(ModelFolder folder, ModelDevice device) => new(folder, device);

    public NoteEventSession CreateSession() => new TransformerSession(this);

    public CandidateBatch CreateBatch(int size) => new TransformerBatch(this, size);

    public void Dispose() => _graphs.Dispose();

    private IEnumerable<string> Inputs() =>
        ((IEnumerable<string>)["events", "position", "last_position", "total"]).Concat(Caches("past"));

    private IEnumerable<string> Outputs() => ((IEnumerable<string>)["context", "time_logits"]).Concat(Caches("present"));

    private IEnumerable<string> Caches(string time) =>
        Enumerable.Range(0, Description.Layers).SelectMany(layer => new[] { $"{time}_k_{layer}", $"{time}_v_{layer}" });

    private void CheckSizes()
    {
        var d = Description;
        if (d.Layers is < 1 or > MostLayers || d.Heads is < 1 or > MostHeads || d.Context is < 1 or > WidestVector
            || d.Context % d.Heads != 0 || d.Capacity <= EventMemory.KeptAtMost || d.Capacity > MostEvents)
            throw new ModelException(ModelFault.Damaged, $"{ModelFolder.DescriptionFile} of the model {d.Name} gives impossible sizes.");
    }
}
