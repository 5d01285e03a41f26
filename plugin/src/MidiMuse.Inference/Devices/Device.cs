using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Devices;

/// <summary>The execution providers of ONNX Runtime that MidiMuse asks for.</summary>
public enum DeviceProvider
{
    Cpu,
    DirectMl,
    Cuda,
    WebGpu,
    CoreMl,
}

/// <summary>One processor, through one provider, that can run a model. Two with the same <see cref="Id"/> are the same.</summary>
public sealed class Device : IEquatable<Device>
{
    private readonly Func<string, InferenceSession> _open;

    /// <param name="open">Opens a graph's file on this device; throws what ONNX Runtime throws.</param>
    internal Device(DeviceProvider provider, int index, string name, Func<string, InferenceSession> open)
    {
        Provider = provider;
        Index = index;
        Name = name;
        _open = open;
    }

    /// <summary>The processor, which is always there and which every other device is measured against.</summary>
    public static Device Cpu { get; } = new(DeviceProvider.Cpu, 0, "CPU", OnnxSessions.Open);

    /// <summary>The processor through ONNX Runtime, in 32 bits: what a Transformer's own arithmetic of 8 bits is measured against.</summary>
    public static Device CpuGraphs { get; } = new(DeviceProvider.Cpu, 0, "CPU, ONNX Runtime", OnnxSessions.Open);

    public DeviceProvider Provider { get; }

    /// <summary>Number of the adapter among those of its provider.</summary>
    public int Index { get; }

    /// <summary>For the user: the adapter as its driver calls it, and the provider.</summary>
    public string Name { get; }

    /// <summary>The same on every start of the same machine, as long as its adapters stay.</summary>
    public string Id => $"{Provider}:{Index}:{Name}";

    public bool IsCpu => Provider == DeviceProvider.Cpu;

    /// <summary>DirectML allows one run at a time on a session (ONNX Runtime's documentation of that provider); sessions are shared.</summary>
    internal bool RunsOneAtATime => Provider == DeviceProvider.DirectMl;

    public bool Equals(Device? other) => other is not null && other.Id == Id;

    public override bool Equals(object? obj) => Equals(obj as Device);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;

    internal InferenceSession Open(string path) => _open(path);
}
