using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Runtime;

/// <summary>
/// One graph with every input and output bound to a buffer for good, so that a run allocates nothing on the
/// managed heap: the caller writes the inputs' buffers, runs, and reads the outputs' buffers.
/// </summary>
/// <remarks>
/// The buffers are in the machine's own memory whatever the device is. What a run reads is not changed by it: an output
/// is another buffer, or, as in a key-value cache, the part of it that comes after. So a run that a device could not
/// finish can be done again by the CPU, and nothing of the phrase is lost.
/// </remarks>
internal sealed class BoundGraph : IDisposable
{
    private readonly ModelGraph? _graph;
    private readonly InferenceSession _cpu;
    private readonly OrtIoBinding _cpuBinding;
    private readonly OrtIoBinding? _acceleratedBinding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _values = [];

    /// <param name="session">On the CPU; shared with other instances; runs on it may overlap.</param>
    public BoundGraph(InferenceSession session)
    {
        _cpu = session;
        _cpuBinding = session.CreateIoBinding();
    }

    /// <param name="graph">Shared with other instances.</param>
    public BoundGraph(ModelGraph graph)
        : this(graph.Cpu)
    {
        _graph = graph;
        _acceleratedBinding = graph.Accelerated?.CreateIoBinding();
    }

    /// <summary>A buffer on the pinned heap: it never moves, so a binding to it costs the collector nothing.</summary>
    public static T[] Buffer<T>(int length)
        where T : unmanaged => GC.AllocateArray<T>(length, pinned: true);

    public BoundGraph Input<T>(string name, Memory<T> buffer, params long[] shape)
        where T : unmanaged
    {
        var value = Wrap(buffer, shape);
        _cpuBinding.BindInput(name, value);
        _acceleratedBinding?.BindInput(name, value);
        return this;
    }

    public BoundGraph Output<T>(string name, Memory<T> buffer, params long[] shape)
        where T : unmanaged
    {
        var value = Wrap(buffer, shape);
        _cpuBinding.BindOutput(name, value);
        _acceleratedBinding?.BindOutput(name, value);
        return this;
    }

    /// <exception cref="ModelException">ONNX Runtime failed on the CPU.</exception>
    public void Run()
    {
        if (_graph is { UsesAccelerator: true } && _graph.TryRunAccelerated(_options, _acceleratedBinding!))
            return;
        try
        {
            _cpu.RunWithBinding(_options, _cpuBinding);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException(ModelFault.RuntimeFailed, $"ONNX Runtime failed in a run: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _cpuBinding.Dispose();
        _acceleratedBinding?.Dispose();
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
