using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Devices;

/// <summary>
/// Finds, in the background, the device on which one instance's model plays best, and has the model ready there when
/// the next phrase begins. Until then, and wherever anything fails, the CPU plays. Any thread.
/// </summary>
public sealed class DeviceSelection : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SharedModel _cpu;
    private readonly DeviceTrials _trials;
    private DevicePreference? _preference;
    private DevicePreference? _settled;
    private SharedModel? _next;
    private SharedModel? _playing;
    private DeviceReport _report = DeviceReport.CpuOnly;
    private string? _reportedFailure;
    private bool _isWorking;
    private bool _disposed;

    /// <param name="cpu">The model on the CPU; a share of it is kept.</param>
    public DeviceSelection(SharedModel cpu)
        : this(cpu, DeviceTrials.OfThisMachine)
    {
    }

    internal DeviceSelection(SharedModel cpu, DeviceTrials trials)
    {
        _cpu = cpu.Share();
        _trials = trials;
    }

    public DeviceReport Report
    {
        get
        {
            lock (_gate)
            {
                if (_playing?.DeviceFailure is { } failure && !ReferenceEquals(failure, _reportedFailure))
                {
                    _reportedFailure = failure;
                    _report = _report with { Device = Device.Cpu.Name, Explanation = $"{_playing.Device} failed during play, the CPU goes on: {failure}" };
                }
                return _report;
            }
        }
    }

    /// <summary>Says what the player wants. Costs nothing where that is what he wanted before; else a thread looks for the device.</summary>
    public void Prefer(DevicePreference preference)
    {
        lock (_gate)
        {
            if (_disposed || _preference == preference)
                return;
            _preference = preference;
            if (_isWorking)
                return; // the worker sees the new wish when it is done with the old one
            _isWorking = true;
            new Thread(Work) { IsBackground = true, Name = "MidiMuse devices", Priority = ThreadPriority.BelowNormal }.Start();
        }
    }

    /// <summary>At the beginning of a phrase: the model on another device than the last one taken, if the choice has changed.</summary>
    /// <param name="model">The caller's own share; to be disposed.</param>
    public bool TryTake(out SharedModel? model)
    {
        lock (_gate)
        {
            model = null;
            if (_next is null)
                return false;
            Release(ref _playing);
            (_playing, _next) = (_next, null);
            model = _playing.Share();
            _report = _report with { Device = _playing.Device.Name };
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_isWorking)
                _trials.GiveUp();
            Release(ref _next);
            Release(ref _playing);
            if (!_isWorking)
                _cpu.Dispose();
        }
    }

    /// <summary>Waits until nothing is looked for any more.</summary>
    internal void WaitForTests()
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_isWorking)
                    return;
            }
            Thread.Sleep(1);
        }
    }

    private void Work()
    {
        while (TryBegin(out var preference))
        {
            string? problem = null;
            var devices = preference == DevicePreference.Cpu ? [] : _trials.Devices(out problem).Where(device => !device.IsCpu).ToArray();
            DeviceFigures[] trials = [.. devices.Select(device => _trials.Figures(device, _cpu))];
            var chosen = DeviceChoice.Choose(preference, trials);
            var model = ModelOn(devices.FirstOrDefault(device => device.Id == chosen?.DeviceId) ?? Device.Cpu, ref problem);
            var explanation = DeviceChoice.Explain(preference, trials, model.Device.IsCpu ? null : chosen, problem);
            Offer(preference, model, explanation, trials);
        }
    }

    /// <summary>Whether there is a wish to work for; if not, the worker has ended when this returns.</summary>
    private bool TryBegin(out DevicePreference preference)
    {
        lock (_gate)
        {
            preference = _preference ?? DevicePreference.Cpu;
            if (!_disposed && _settled != preference)
                return true;
            _isWorking = false;
            if (_disposed)
                _cpu.Dispose();
            return false;
        }
    }

    private SharedModel ModelOn(Device device, ref string? problem)
    {
        try
        {
            return device.IsCpu ? _cpu.Share() : SharedModel.Acquire(_cpu.FolderPath, device);
        }
        catch (ModelException e)
        {
            problem = e.Message;
            return _cpu.Share();
        }
    }

    private void Offer(DevicePreference preference, SharedModel model, string explanation, DeviceFigures[] trials)
    {
        lock (_gate)
        {
            _settled = preference;
            Release(ref _next);
            var isPlaying = model.Device.Equals(_playing?.Device ?? Device.Cpu);
            if (_disposed || isPlaying)
                model.Dispose();
            else
                _next = model;
            _report = _report with { Explanation = explanation, Trials = [.. trials] };
        }
    }

    private static void Release(ref SharedModel? model)
    {
        model?.Dispose();
        model = null;
    }
}
