namespace MidiMuse.Inference.Devices;

/// <summary>What a trial of one device with one model gave.</summary>
/// <param name="NoteMilliseconds">Median time of one note: reading it and asking every head.</param>
/// <param name="CpuNoteMilliseconds">The same on the CPU, taken in turns with the device.</param>
/// <param name="Deviation">Largest relative RMS difference of any head's logits from the CPU's.</param>
/// <param name="Problem">Why the device cannot be used, in words for the player, or null.</param>
public sealed record DeviceFigures(string DeviceId, string DeviceName, double NoteMilliseconds, double CpuNoteMilliseconds, double Deviation, string? Problem = null)
{
    public bool IsUsable => Problem is null;

    public static DeviceFigures Failed(Device device, string problem, double deviation = 0) =>
        new(device.Id, device.Name, 0, 0, deviation, problem);
}
