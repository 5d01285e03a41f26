using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

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
    private readonly DeviceAttempts _attempts;
    private readonly Dictionary<(string ModelHash, string DeviceId), DeviceFigures> _known = [];
    private (IReadOnlyList<Device> Devices, string? Problem)? _found;

    public DeviceTrials(Func<(IReadOnlyList<Device> Devices, string? Problem)> find, DeviceCache cache)
        : this(find, cache, new DeviceAttempts(cache.Folder))
    {
    }

    public DeviceTrials(Func<(IReadOnlyList<Device> Devices, string? Problem)> find, DeviceCache cache, DeviceAttempts attempts)
    {
        _find = find;
        _cache = cache;
        _attempts = attempts;
    }

    public static DeviceTrials OfThisMachine { get; } = new(() => (DeviceList.Find(out var problem), problem), DeviceCache.OfUser());

    /// <summary>For tests: called before each trial.</summary>
    internal Action? TrialStarts { get; init; }

    /// <param name="problem">Why devices could not be listed, or null.</param>
    public IReadOnlyList<Device> Devices(out string? problem)
    {
        lock (_gate)
        {
            _found ??= Find();
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
            figures ??= Measure(device, cpu, key);
            _known.Add((cpu.Hash, device.Id), figures);
            return figures;
        }
    }

    /// <summary>The host goes, or nobody waits any more: that a trial does not come to its end is not the driver's fault.</summary>
    public void GiveUp() => _attempts.End();

    private (IReadOnlyList<Device> Devices, string? Problem) Find()
    {
        var key = $"list|{RuntimeLibrary.NeededVersion}";
        if (_attempts.IsHopeless(key))
            return ([Device.Cpu], Hopeless("Asking for graphics devices"));
        return Guarded(key, _find);
    }

    private DeviceFigures Measure(Device device, SharedModel cpu, string key)
    {
        if (_attempts.IsHopeless(key))
            return DeviceFigures.Failed(device, Hopeless("testing it"));
        var figures = Guarded(key, () =>
        {
            TrialStarts?.Invoke();
            return DeviceTrial.Run(device, cpu, () => SharedModel.Acquire(cpu.FolderPath, device));
        });
        _cache.Keep(key, figures);
        return figures;
    }

    private T Guarded<T>(string key, Func<T> use)
    {
        _attempts.Begin(key);
        try
        {
            var result = use();
            _attempts.Forgive(key);
            return result;
        }
        finally
        {
            _attempts.End();
        }
    }

    private string Hopeless(string what) =>
        $"{what} has ended the host {DeviceAttempts.MostUnfinished} times, so it is left alone. A new driver may help; remove the files *.attempt in {_attempts.Folder} to try again.";
}
