using MidiMuse.Core.Events;
using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Lstm;

/// <summary>A multi-layer LSTM over note events with four sequential heads, each a graph of its own.</summary>
internal sealed class LstmModel : ILoadedModel
{
    public const string Kind = "lstm";

    private const int MostLayers = 16;
    private const int WidestVector = 8192;

    private readonly ModelGraphs _graphs;

    private LstmModel(ModelFolder folder, ModelDevice device)
    {
        Description = folder.Description;
        Hash = folder.Hash;
        folder.CheckVocabulary(NoteEventVocabulary.Version);
        CheckSizes();
        _graphs = new ModelGraphs(folder, device);
        try
        {
            Backbone = _graphs.Open("backbone.onnx", ["events", "h", "c"], ["context", "time_logits", "h_out", "c_out"]);
            Heads = new HeadGraphs(_graphs);
            ModelTrial.Run(this, events: 2);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ModelDescription Description { get; }

    public string Hash { get; }

    /// <summary>events int64 [steps, 1, 18], h and c f32 [layers, 1, hidden] to context [steps, 1, D], time_logits [steps, 1, 130], h_out, c_out.</summary>
    public ModelGraph Backbone { get; }

    public HeadGraphs Heads { get; }

    /// <exception cref="ModelException">Damaged, GraphMismatch or RuntimeFailed.</exception>
    public static LstmModel Load(ModelFolder folder, ModelDevice device) => new(folder, device);

    public NoteEventSession CreateSession() => new LstmSession(this);

    public void Dispose() => _graphs.Dispose();

    private void CheckSizes()
    {
        if (Description.Layers is < 1 or > MostLayers || Description.Hidden is < 1 or > WidestVector || Description.Context is < 1 or > WidestVector)
            throw new ModelException(ModelFault.Damaged, $"{ModelFolder.DescriptionFile} of the model {Description.Name} gives impossible sizes.");
    }
}
