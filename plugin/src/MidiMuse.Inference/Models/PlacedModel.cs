using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Lstm;
using MidiMuse.Inference.Runtime;
using MidiMuse.Inference.Transformer;

namespace MidiMuse.Inference.Models;

/// <summary>A model of note events in memory, and the device that its graphs were opened on.</summary>
internal sealed class PlacedModel : IDisposable
{
    private readonly ModelDevice _device;

    private PlacedModel(ModelDevice device, ILoadedModel model)
    {
        _device = device;
        Model = model;
    }

    public ILoadedModel Model { get; }

    /// <summary>Why the device does not run the graphs any more and the CPU does, or null.</summary>
    public string? Failure => _device.Failure;

    /// <exception cref="ModelException">Of a kind that this version does not know, damaged, or not for this device.</exception>
    public static PlacedModel Load(ModelFolder folder, Device device)
    {
        var placed = new ModelDevice(device);
        return new PlacedModel(placed, folder.Description.Kind switch
        {
            LstmModel.Kind => LstmModel.Load(folder, placed),
            TransformerModel.Kind => TransformerModel.Load(folder, placed),
            var kind => throw new ModelException(ModelFault.Unsupported, $"The model {folder.Description.Name} is of the kind {kind}, which this version does not know."),
        });
    }

    public void Dispose() => Model.Dispose();
}
