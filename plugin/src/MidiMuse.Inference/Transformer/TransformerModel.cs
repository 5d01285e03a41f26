using MidiMuse.Core.Events;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// A decoder over note events and their conditions with four sequential heads. On the CPU our own arithmetic of 8 bits
/// runs it, on every other device ONNX Runtime (plugin/docs/decisions/eight-bits.md).
/// </summary>
internal sealed class TransformerModel : ILoadedModel
{
    public const string Kind = "transformer";

    private const int MostLayers = 64;
    private const int MostHeads = 64;
    private const int WidestVector = 8192;
    private const int MostEvents = 1 << 16;

    private readonly QuantisedNetwork? _network;
    private readonly TransformerGraphs? _graphs;

    private TransformerModel(ModelFolder folder, ModelDevice device)
    {
        Description = folder.Description;
        Hash = folder.Hash;
        folder.CheckVocabulary(NoteEventVocabulary.Version);
        CheckSizes();
        if (device.Device.Equals(Device.Cpu))
            _network = new QuantisedNetwork(folder);
        else
            _graphs = new TransformerGraphs(folder, device);
        try
        {
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

    public int Width => Description.Context;

    /// <exception cref="ModelException">Damaged, GraphMismatch or RuntimeFailed.</exception>
    public static TransformerModel Load(ModelFolder folder, ModelDevice device) => new(folder, device);

    public NoteEventSession CreateSession() => new TransformerSession(this);

    public IBackbone CreateBackbone() => _network is null ? new GraphBackbone(_graphs!) : new QuantisedBackbone(_network);

    /// <param name="context">What the backbone leaves for the heads; pinned. // [D] f32</param>
    public IEventHeads CreateHeads(float[] context) => _network is null ? new GraphHeads(_graphs!.Heads, context) : new QuantisedHeads(_network, context);

    public void Dispose() => _graphs?.Dispose();

    private void CheckSizes()
    {
        var d = Description;
        if (d.Layers is < 1 or > MostLayers || d.Heads is < 1 or > MostHeads || d.Context is < 1 or > WidestVector
            || d.Context % d.Heads != 0 || d.Capacity <= EventMemory.KeptAtMost || d.Capacity > MostEvents)
            throw new ModelException(ModelFault.Damaged, $"{ModelFolder.DescriptionFile} of the model {d.Name} gives impossible sizes.");
    }
}
