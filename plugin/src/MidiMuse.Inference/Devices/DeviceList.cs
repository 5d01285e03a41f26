using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Devices;

/// <summary>Which devices the loaded ONNX Runtime library offers on this machine.</summary>
public static class DeviceList
{
    private static readonly (DeviceProvider Provider, string OrtName, string Title)[] Known =
    [
        (DeviceProvider.DirectMl, "DmlExecutionProvider", "DirectML"),
        (DeviceProvider.Cuda, "CUDAExecutionProvider", "CUDA"),
        (DeviceProvider.WebGpu, "WebGpuExecutionProvider", "WebGPU"),
        (DeviceProvider.CoreMl, "CoreMLExecutionProvider", "Core ML"),
    ];

    /// <summary>
    /// The CPU first, then every adapter of every known provider. A listed device need not work: a driver may be
    /// missing. Starts ONNX Runtime; takes some milliseconds, with a graphics driver some hundred.
    /// </summary>
    /// <param name="problem">Why the adapters could not be asked for, or null.</param>
    public static IReadOnlyList<Device> Find(out string? problem)
    {
        try
        {
            OnnxSessions.Start();
            var environment = OrtEnv.Instance();
            problem = null;
            return List(Adapters(environment), environment.GetAvailableProviders());
        }
        catch (Exception exception) when (exception is ModelException || OnnxSessions.IsRuntimeFailure(exception))
        {
            problem = exception.Message;
            return [Device.Cpu];
        }
    }

    /// <param name="adapters">What ONNX Runtime knows by name, in its order.</param>
    /// <param name="providers">Names of the providers that were compiled in; those without a known adapter count with their default one.</param>
    internal static IReadOnlyList<Device> List(IEnumerable<Adapter> adapters, IReadOnlyCollection<string> providers)
    {
        var devices = new List<Device> { Device.Cpu };
        var byProvider = adapters.Where(adapter => adapter.IsAccelerator).ToLookup(adapter => adapter.OrtName, StringComparer.Ordinal);
        foreach (var (provider, ortName, title) in Known)
        {
            var index = 0;
            foreach (var adapter in byProvider[ortName])
                devices.Add(OnnxSessions.DeviceOf(provider, index++, $"{adapter.Description} ({title})", adapter.Handle));
            if (index == 0 && providers.Contains(ortName))
                devices.Add(OnnxSessions.DeviceOf(provider, 0, $"Default adapter ({title})", null));
        }
        return devices;
    }

    private static IEnumerable<Adapter> Adapters(OrtEnv environment) => environment.GetEpDevices().Select(Describe);

    private static Adapter Describe(OrtEpDevice device)
    {
        var hardware = device.HardwareDevice;
        var isAccelerator = hardware.Type is OrtHardwareDeviceType.GPU or OrtHardwareDeviceType.NPU;
        // "Description" is the name that DXGI gives; elsewhere only numbers may be known.
        var description = hardware.Metadata.Entries.TryGetValue("Description", out var name) && name.Length > 0
            ? name
            : $"{hardware.Vendor} {hardware.VendorId:x4}:{hardware.DeviceId:x4}".Trim();
        return new Adapter(device.EpName, isAccelerator, description, device);
    }

    /// <param name="Handle">Null in tests: the provider's default adapter is meant.</param>
    internal sealed record Adapter(string OrtName, bool IsAccelerator, string Description, OrtEpDevice? Handle);
}
