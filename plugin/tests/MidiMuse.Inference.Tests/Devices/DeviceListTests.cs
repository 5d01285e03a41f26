using MidiMuse.Inference.Devices;

namespace MidiMuse.Inference.Tests.Devices;

public sealed class DeviceListTests
{
    [Fact]
    public void Adapters_are_listed_by_name_after_the_CPU_in_the_runtimes_order()
    {
        DeviceList.Adapter[] adapters =
        [
            new("CPUExecutionProvider", false, "Some processor", null),
            new("DmlExecutionProvider", true, "Small GPU", null),
            new("DmlExecutionProvider", true, "Big GPU", null),
            new("WebGpuExecutionProvider", true, "Big GPU", null),
            new("DmlExecutionProvider", false, "Some processor", null),
            new("VendorsOwnExecutionProvider", true, "Big GPU", null),
        ];

        var devices = DeviceList.List(adapters, ["CPUExecutionProvider", "DmlExecutionProvider", "WebGpuExecutionProvider"]);

        Assert.Equal(["CPU", "Small GPU (DirectML)", "Big GPU (DirectML)", "Big GPU (WebGPU)"], devices.Select(device => device.Name));
        Assert.Equal([0, 0, 1, 0], devices.Select(device => device.Index));
        Assert.Equal(devices.Count, devices.Select(device => device.Id).Distinct().Count());
    }

    [Fact]
    public void A_provider_whose_adapters_are_not_known_counts_with_its_default_one()
    {
        var devices = DeviceList.List([], ["CoreMLExecutionProvider", "CPUExecutionProvider", "XnnpackExecutionProvider"]);
        Assert.Equal(["CPU", "Default adapter (Core ML)"], devices.Select(device => device.Name));
    }

    /// <summary>Oracle: whatever this machine has, the CPU works.</summary>
    [Fact]
    public void On_this_machine_the_CPU_is_listed_first()
    {
        var devices = DeviceList.Find(out var problem);
        Assert.Null(problem);
        Assert.Same(Device.Cpu, devices[0]);
        Assert.All(devices, device => Assert.False(string.IsNullOrWhiteSpace(device.Name)));
    }
}
