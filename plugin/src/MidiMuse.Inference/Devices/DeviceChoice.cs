namespace MidiMuse.Inference.Devices;

/// <summary>What the player wants; values of the Device parameter.</summary>
public enum DevicePreference
{
    /// <summary>The device that is measured to be faster.</summary>
    Auto = 0,

    Cpu = 1,

    /// <summary>A graphics device wherever one passes the self-test, be it slower.</summary>
    Gpu = 2,
}

/// <summary>Which device plays, given what was measured.</summary>
internal static class DeviceChoice
{
    /// <summary>A device must save a fifth of the CPU's time: below that, noise would choose.</summary>
    public const double WorthwhileShare = 0.8;

    /// <returns>The figures of the chosen device; null for the CPU.</returns>
    public static DeviceFigures? Choose(DevicePreference preference, IEnumerable<DeviceFigures> trials)
    {
        if (preference == DevicePreference.Cpu)
            return null;
        var fastest = trials.Where(trial => trial.IsUsable).MinBy(trial => trial.NoteMilliseconds);
        if (fastest is null || preference == DevicePreference.Gpu)
            return fastest;
        return fastest.NoteMilliseconds <= WorthwhileShare * fastest.CpuNoteMilliseconds ? fastest : null;
    }

    /// <summary>Why it plays where it plays, in words for the player.</summary>
    public static string Explain(DevicePreference preference, IReadOnlyList<DeviceFigures> trials, DeviceFigures? chosen, string? problem)
    {
        if (preference == DevicePreference.Cpu)
            return "The CPU plays, as asked for.";
        if (chosen is not null)
            return FormattableString.Invariant($"{chosen.DeviceName} plays: {chosen.NoteMilliseconds:0.00} ms a note, the CPU {chosen.CpuNoteMilliseconds:0.00} ms.");
        if (trials.MinBy(trial => trial.IsUsable ? trial.NoteMilliseconds : double.MaxValue) is not { } best)
            return problem is null ? "The CPU plays: no graphics device that ONNX Runtime can use was found." : $"The CPU plays: {problem}";
        return best.IsUsable
            ? FormattableString.Invariant($"The CPU plays: {best.CpuNoteMilliseconds:0.00} ms a note, {best.DeviceName} {best.NoteMilliseconds:0.00} ms.")
            : $"The CPU plays: {best.DeviceName}: {best.Problem}";
    }
}
