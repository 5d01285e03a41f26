using MidiMuse.Inference.Devices;

namespace MidiMuse.Inference.Tests.Devices;

public sealed class DeviceChoiceTests
{
    private static readonly DeviceFigures Fast = new("fast", "Fast adapter", 0.4, 1.0, 0.001);
    private static readonly DeviceFigures Faster = new("faster", "Faster adapter", 0.3, 1.0, 0.001);
    private static readonly DeviceFigures Slow = new("slow", "Slow adapter", 3.0, 1.0, 0.001);
    private static readonly DeviceFigures Even = new("even", "Even adapter", 0.9, 1.0, 0.001);
    private static readonly DeviceFigures Wrong = new("wrong", "Wrong adapter", 0.1, 1.0, 0.5, "gives other numbers");

    [Fact]
    public void Auto_takes_the_fastest_that_passed_where_it_is_worth_it()
    {
        Assert.Equal(Faster, DeviceChoice.Choose(DevicePreference.Auto, [Fast, Faster, Wrong, Slow]));
        Assert.Null(DeviceChoice.Choose(DevicePreference.Auto, [Slow, Wrong]));
        Assert.Null(DeviceChoice.Choose(DevicePreference.Auto, [Even]));
        Assert.Null(DeviceChoice.Choose(DevicePreference.Auto, []));
    }

    [Fact]
    public void GPU_takes_a_slow_one_but_never_a_wrong_one_and_CPU_none()
    {
        Assert.Equal(Slow, DeviceChoice.Choose(DevicePreference.Gpu, [Slow, Wrong]));
        Assert.Null(DeviceChoice.Choose(DevicePreference.Gpu, [Wrong]));
        Assert.Null(DeviceChoice.Choose(DevicePreference.Cpu, [Fast]));
    }

    [Fact]
    public void The_reason_is_said_in_words()
    {
        Assert.Contains("as asked for", Explain(DevicePreference.Cpu, [Fast], null), StringComparison.Ordinal);
        Assert.Equal("Fast adapter plays: 0.40 ms a note, the CPU 1.00 ms.", Explain(DevicePreference.Auto, [Fast], Fast));
        Assert.Equal("The CPU plays: 1.00 ms a note, Slow adapter 3.00 ms.", Explain(DevicePreference.Auto, [Wrong, Slow], null));
        Assert.Equal("The CPU plays: Wrong adapter: gives other numbers", Explain(DevicePreference.Gpu, [Wrong], null));
        Assert.Equal("The CPU plays: no graphics device that ONNX Runtime can use was found.", Explain(DevicePreference.Gpu, [], null));
        Assert.Equal("The CPU plays: the library is missing", DeviceChoice.Explain(DevicePreference.Auto, [], null, "the library is missing"));
    }

    private static string Explain(DevicePreference preference, DeviceFigures[] trials, DeviceFigures? chosen) =>
        DeviceChoice.Explain(preference, trials, chosen, null);
}
