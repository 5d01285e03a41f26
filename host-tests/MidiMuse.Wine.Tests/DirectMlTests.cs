namespace MidiMuse.Wine.Tests;

/// <summary>The Windows bundle with a DirectML library, where Wine has no graphics device.</summary>
public sealed class DirectMlTests
{
    /// <summary>Oracle: the Linux bundle on the CPU. In real time, because the self-test takes longer than an offline render.</summary>
    [DirectMlFact]
    public void DirectML_that_finds_no_graphics_device_leaves_the_answer_to_the_CPU_and_says_so()
    {
        var folder = Repository.NewWorkFolder("directml");
        var bundle = Hosts.WindowsBundleWith(folder, Path.Combine(DirectMlFactAttribute.Folder, "onnxruntime.dll"), Path.Combine(DirectMlFactAttribute.Folder, "DirectML.dll"));
        string[] command = ["play", Repository.Motif("ode_to_joy"), "--bars", "1", "--seed", "7"];

        Hosts.OnLinux([.. command, "--set", "Device=CPU", "--out", Path.Combine(folder, "linux.mid")]).MustSucceed();
        var windows = Hosts.OnWindowsWith(bundle, [.. command, "--realtime", "--set", "Device=GPU", "--do", "17:status", "--out", Path.Combine(folder, "windows.mid")]).MustSucceed();

        Assert.Contains("The CPU plays: Default adapter (DirectML): ", windows.Output, StringComparison.Ordinal);
        Assert.Contains("there is no graphics device with DirectX 12 (887A0004)", windows.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "linux.mid")), File.ReadAllBytes(Path.Combine(folder, "windows.mid")));
    }
}
