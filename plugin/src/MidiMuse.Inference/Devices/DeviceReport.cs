using System.Collections.Immutable;

namespace MidiMuse.Inference.Devices;

/// <summary>Where a model runs and why, for the player. Immutable.</summary>
/// <param name="Device">Name of the device that plays now.</param>
/// <param name="Explanation">One sentence.</param>
/// <param name="Trials">Of every device but the CPU, as far as they were measured.</param>
public sealed record DeviceReport(string Device, string Explanation, ImmutableArray<DeviceFigures> Trials)
{
    public static DeviceReport CpuOnly { get; } = new(Devices.Device.Cpu.Name, "The CPU plays.", []);
}
