using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Tests.Models;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Devices;

/// <summary>Which model an instance gets for its next phrase. Figures are put into the cache, so that no clock decides.</summary>
[Collection(nameof(SharedModelTests))]
public sealed class DeviceSelectionTests : IDisposable
{
    private readonly RandomLstmFolder _folder = new(new RandomLstm(layers: 1, hidden: 8));
    private readonly string _cacheFolder = Directory.CreateTempSubdirectory("midimuse-devices-").FullName;
    private readonly int _loadedBefore = SharedModel.LoadedCount;
    private readonly SharedModel _cpu;

    public DeviceSelectionTests() => _cpu = SharedModel.Acquire(_folder.Path);

    public void Dispose()
    {
        _cpu.Dispose();
        _folder.Dispose();
        Directory.Delete(_cacheFolder, recursive: true);
        Assert.Equal(_loadedBefore, SharedModel.LoadedCount);
    }

    [Fact]
    public void Auto_moves_to_a_faster_device_at_the_next_phrase_and_back_when_told()
    {
        var device = FakeAdapter.Honest();
        KnowNoteTime(device, 0.2);
        using var selection = new DeviceSelection(_cpu, Machine(device));

        Assert.False(selection.TryTake(out _));
        Settle(selection, DevicePreference.Auto);
        Assert.Equal("CPU", selection.Report.Device);
        Assert.True(selection.TryTake(out var model));
        using (model)
            Assert.Equal(device, model!.Device);
        Assert.Equal(device.Name, selection.Report.Device);
        Assert.Contains("0.20 ms a note", selection.Report.Explanation, StringComparison.Ordinal);
        Assert.False(selection.TryTake(out _));

        Settle(selection, DevicePreference.Cpu);
        Assert.True(selection.TryTake(out model));
        using (model)
            Assert.Same(Device.Cpu, model!.Device);
        Assert.Equal("CPU", selection.Report.Device);
    }

    [Fact]
    public void A_slower_device_plays_only_where_it_is_asked_for()
    {
        var device = FakeAdapter.Honest();
        KnowNoteTime(device, 5);
        using var selection = new DeviceSelection(_cpu, Machine(device));

        Settle(selection, DevicePreference.Auto);
        Assert.False(selection.TryTake(out _));
        Assert.Contains("The CPU plays: 1.00 ms a note", selection.Report.Explanation, StringComparison.Ordinal);

        Settle(selection, DevicePreference.Gpu);
        Assert.True(selection.TryTake(out var model));
        using (model)
            Assert.Equal(device, model!.Device);
    }

    [Fact]
    public void Without_a_graphics_device_the_CPU_plays_and_that_is_said()
    {
        using var selection = new DeviceSelection(_cpu, Machine());
        Settle(selection, DevicePreference.Gpu);
        Assert.False(selection.TryTake(out _));
        Assert.Equal("CPU", selection.Report.Device);
        Assert.Contains("no graphics device", selection.Report.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_does_not_start_leaves_the_CPU_and_the_reason()
    {
        using var selection = new DeviceSelection(_cpu, Machine(FakeAdapter.ThatRefuses()));
        Settle(selection, DevicePreference.Gpu);
        Assert.False(selection.TryTake(out _));
        Assert.StartsWith("The CPU plays: Refusing adapter:", selection.Report.Explanation, StringComparison.Ordinal);
        Assert.False(Assert.Single(selection.Report.Trials).IsUsable);
    }

    /// <summary>The hosts before are gone, in the middle of the same trial.</summary>
    [Fact]
    public void A_device_that_has_ended_its_hosts_is_not_tried_again_and_that_is_said()
    {
        var device = FakeAdapter.Honest();
        for (var host = 101; host < 101 + DeviceAttempts.MostUnfinished; host++)
            new DeviceAttempts(_cacheFolder, host, _ => false).Begin(KeyOf(device));
        var trials = 0;
        var attempts = new DeviceAttempts(_cacheFolder, 200, _ => false);
        using var selection = new DeviceSelection(_cpu, new DeviceTrials(() => ([Device.Cpu, device], null), new DeviceCache(_cacheFolder), attempts) { TrialStarts = () => trials++ });
        Settle(selection, DevicePreference.Gpu);
        Assert.False(selection.TryTake(out _));
        Assert.Equal(0, trials);
        Assert.StartsWith($"The CPU plays: {device.Name}: testing it has ended the host 3 times", selection.Report.Explanation, StringComparison.Ordinal);
        Assert.Contains(_cacheFolder, selection.Report.Explanation, StringComparison.Ordinal);
    }

    /// <summary>Oracle: a file for the listing while it goes on, one for the trial while that does, and none afterwards.</summary>
    [Fact]
    public void Listing_and_testing_devices_leave_a_trace_only_while_they_last()
    {
        var device = FakeAdapter.Honest();
        string[] Traces() => Directory.Exists(_cacheFolder) ? Directory.GetFiles(_cacheFolder, "*.attempt") : [];
        var (listing, testing) = (0, 0);
        var machine = new DeviceTrials(
            () =>
            {
                listing = Traces().Length;
                return ([Device.Cpu, device], null);
            },
            new DeviceCache(_cacheFolder)) { TrialStarts = () => testing = Traces().Length };
        using var selection = new DeviceSelection(_cpu, machine);
        Settle(selection, DevicePreference.Auto);
        Assert.Equal((1, 1), (listing, testing));
        Assert.Empty(Traces());
    }

    [Fact]
    public void Twenty_instances_measure_a_device_once()
    {
        var trials = 0;
        var device = FakeAdapter.Honest();
        var machine = new DeviceTrials(() => ([Device.Cpu, device], null), new DeviceCache(_cacheFolder)) { TrialStarts = () => trials++ };
        var selections = Enumerable.Range(0, 20).Select(_ => new DeviceSelection(_cpu, machine)).ToArray();
        foreach (var selection in selections)
            selection.Prefer(DevicePreference.Auto);
        foreach (var selection in selections)
        {
            selection.WaitForTests();
            Assert.True(Assert.Single(selection.Report.Trials).IsUsable);
            selection.Dispose();
        }

        Assert.Equal(1, trials);
        Assert.NotNull(new DeviceCache(_cacheFolder).Find(KeyOf(device)));
    }

    [Fact]
    public void A_device_that_fails_during_play_is_named_with_the_reason()
    {
        using var scratch = new RandomLstmFolder(new RandomLstm(layers: 1, hidden: 8));
        var device = FakeAdapter.ThatFailsFromDuration(40, scratch);
        KnowNoteTime(device, 0.2);
        using var selection = new DeviceSelection(_cpu, Machine(device));
        Settle(selection, DevicePreference.Auto);
        Assert.True(selection.TryTake(out var model));
        using (model)
        using (var session = model!.CreateSession())
        {
            session.Reset(SmallModel.Context);
            session.PitchLogits(0);
            session.DurationLogits(60);
            Assert.Equal(device.Name, selection.Report.Device);
            session.VelocityLogits(50);
            var report = selection.Report;
            Assert.Equal("CPU", report.Device);
            Assert.StartsWith("Failing adapter failed during play, the CPU goes on: ", report.Explanation, StringComparison.Ordinal);
            Assert.Same(report, selection.Report);
        }
    }

    [Fact]
    public void A_selection_may_be_disposed_while_it_works()
    {
        for (var i = 0; i < 20; i++)
        {
            var selection = new DeviceSelection(_cpu, Machine(FakeAdapter.Honest()));
            selection.Prefer(DevicePreference.Gpu);
            selection.Dispose();
            selection.WaitForTests();
        }
    }

    private static void Settle(DeviceSelection selection, DevicePreference preference)
    {
        selection.Prefer(preference);
        selection.WaitForTests();
    }

    private string KeyOf(Device device) => DeviceCache.KeyOf(_cpu.Hash, OrtEnv.Instance().GetVersionString(), device);

    private void KnowNoteTime(Device device, double milliseconds) =>
        new DeviceCache(_cacheFolder).Keep(KeyOf(device), new DeviceFigures(device.Id, device.Name, milliseconds, 1, 0));

    private DeviceTrials Machine(params Device[] devices) => new(() => ([Device.Cpu, .. devices], null), new DeviceCache(_cacheFolder));
}
