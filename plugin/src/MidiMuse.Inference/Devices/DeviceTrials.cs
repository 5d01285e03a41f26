using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Devices;

/// <summary>
/// The devices of this machine and what is known of them with each model. One for the process: twenty instances that
/// a project opens at once measure a model once. Any thread; may take seconds.
/// </summary>
internal sealed class DeviceTrials
{
    private readonly Lock _gate = new();
    private readonly Func<(IReadOnlyList<Device> Devices, string? Problem)> _find;
    private readonly DeviceCache _cache;
    private readonly Dictionary<(string ModelHash, string DeviceId), DeviceFigures> _known = [];
    private (IReadOnlyList<Device> Devices, string? Problem)? _found;

    public DeviceTrials(Func<(IReadOnlyList<Device> Devices, string? Problem)> find, DeviceCache cache)
    {
        _find = find;
        _cache = cache;
    }

    public static DeviceTrials OfThisMachine { get; } = new(() => (DeviceList.Find(out var problem), problem), DeviceCache.OfUser());

    /// <summary>For tests: called before each trial.</summary>
    internal Action? TrialStarts { get; init; }

    /// <param name="problem">Why devices could not be listed, or null.</param>
    public IReadOnlyList<Device> Devices(out string? problem)
    {
        lock (_gate)
        {
            _found ??= _find();
            problem = _found.Value.Problem;
            return _found.Value.Devices;
        }
    }

    /// <summary>The figures of a device with a model: known, kept from an earlier start, or measured now.</summary>
    public DeviceFigures Figures(Device device, SharedModel cpu)
    {
        lock (_gate)
        {
            if (_known.TryGetValue((cpu.Hash, device.Id), out var figures))
                return figures;
            var key = DeviceCache.KeyOf(cpu.Hash, OrtEnv.Instance().GetVersionString(), device);
            figures = _cache.Find(key);
            if (figures is null)
            {
                TrialStarts?.Invoke();
                figures = DeviceTrial.Run(device, cpu, () => SharedModel.Acquire(cpu.FolderPath, device));
                _cache.Keep(key, figures);
            }
            _known.Add((cpu.Hash, device.Id), figures);
            return figures;
        }
    }
}
