using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Runtime;

/// <summary>
/// One graph with every input and output bound to a buffer for good, so that a run allocates nothing on the
/// managed heap: the caller writes the inputs' buffers, runs, and reads the outputs' buffers.
/// </summary>
internal sealed class BoundGraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _values = [];

    /// <param name="session">Shared with other instances; runs on it may overlap.</param>
    public BoundGraph(InferenceSession session)
    {
        _session = session;
        _binding = session.CreateIoBinding();
    }

    /// <summary>A buffer on the pinned heap: it never moves, so a binding to it costs the collector nothing.</summary>
    public static T[] Buffer<T>(int length)
        where T : unmanaged => GC.AllocateArray<T>(length, pinned: true);

    public BoundGraph Input<T>(string name, Memory<T> buffer, params long[] shape)
        where T : unmanaged
    {
        _binding.BindInput(name, Wrap(buffer, shape));
        return this;
    }

    public BoundGraph Output<T>(string name, Memory<T> buffer, params long[] shape)
        where T : unmanaged
    {
        _binding.BindOutput(name, Wrap(buffer, shape));
        return this;
    }

    /// <exception cref="ModelException">ONNX Runtime failed.</exception>
    public void Run()
    {
        try
        {
            _session.RunWithBinding(_options, _binding);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException(ModelFault.RuntimeFailed, $"ONNX Runtime failed in a run: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        foreach (var value in _values)
            value.Dispose();
        _values.Clear();
        _options.Dispose();
    }

    private OrtValue Wrap<T>(Memory<T> buffer, long[] shape)
        where T : unmanaged
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer, shape);
        _values.Add(value);
        return value;
    }
}
