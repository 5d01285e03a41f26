using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Runtime;

/// <summary>
/// Where the graphs of one loaded model run. A device that fails once is given up for all of them, because a lost
/// graphics device does not come back; from then on the CPU runs what it would have run. Any thread.
/// </summary>
internal sealed class ModelDevice(Device device)
{
    /// <summary>
    /// The sessions of devices that failed, for as long as the process lives: releasing one enters the driver that
    /// failed, which has been seen to end the process. Out of this list a finalizer would release them.
    /// </summary>
    private static readonly ConcurrentBag<InferenceSession> LeftAlone = [];

    private volatile string? _failure;

    /// <summary>For tests.</summary>
    internal static IReadOnlyCollection<InferenceSession> NeverReleased => LeftAlone;

    public Device Device { get; } = device;

    /// <summary>What the device said when it failed during play, or null.</summary>
    public string? Failure => _failure;

    public void GiveUp(string reason) => _failure ??= reason;

    /// <summary>Releases a session on the device, unless the device has failed.</summary>
    public void Release(InferenceSession session)
    {
        if (_failure is null)
            session.Dispose();
        else
            LeftAlone.Add(session);
    }
}

/// <summary>
/// One graph of a model on a device and, unless that is the CPU, on the CPU too: open from the start, so that a
/// device which fails during play costs one step and not the time to load.
/// </summary>
internal sealed class ModelGraph : IDisposable
{
    private readonly ModelDevice _device;
    private readonly Lock _oneRun = new();

    private ModelGraph(ModelDevice device, InferenceSession cpu, InferenceSession? accelerated)
    {
        _device = device;
        Cpu = cpu;
        Accelerated = accelerated;
    }

    public InferenceSession Cpu { get; }

    /// <summary>Null where the device is the CPU.</summary>
    public InferenceSession? Accelerated { get; }

    public bool UsesAccelerator => Accelerated is not null && _device.Failure is null;

    /// <exception cref="ModelException">The device or the CPU refused the graph.</exception>
    public static ModelGraph Open(string path, ModelDevice device)
    {
        var cpu = OnnxSessions.Open(path);
        try
        {
            return new ModelGraph(device, cpu, device.Device.IsCpu ? null : device.Device.Open(path));
        }
        catch
        {
            cpu.Dispose();
            throw;
        }
    }

    /// <summary>A run on the device; false, and the device given up, where it fails.</summary>
    public bool TryRunAccelerated(RunOptions options, OrtIoBinding binding)
    {
        try
        {
            if (!_device.Device.RunsOneAtATime)
            {
                Accelerated!.RunWithBinding(options, binding);
                return true;
            }
            lock (_oneRun)
                Accelerated!.RunWithBinding(options, binding);
            return true;
        }
        catch (OnnxRuntimeException e)
        {
            _device.GiveUp(DriverErrors.InWords(e.Message));
            return false;
        }
    }

    public void Dispose()
    {
        if (Accelerated is not null)
            _device.Release(Accelerated);
        Cpu.Dispose();
    }
}
