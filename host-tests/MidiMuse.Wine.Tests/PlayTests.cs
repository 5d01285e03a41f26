namespace MidiMuse.Wine.Tests;

/// <summary>
/// The cross-built bundle, its engine as IL on the runtime inside the bundle, in the Windows build of our host. Oracle: the
/// Linux bundle, whose engine is compiled ahead of time, in the same host on Linux.
/// </summary>
public sealed class PlayTests
{
    [WineTheory]
    [InlineData("ode_to_joy", 1, "512")]
    [InlineData("greensleeves", 77, "97")]
    public void The_same_seed_gives_the_same_clip_as_on_Linux(string motif, int seed, string blockSamples)
    {
        var folder = Repository.NewWorkFolder("play");
        string[] command = ["play", Repository.Motif(motif), "--bars", "4", "--seed", $"{seed}", "--block", blockSamples, "--out"];

        Hosts.OnLinux([.. command, Path.Combine(folder, "linux.mid")]).MustSucceed();
        var windows = Hosts.OnWindows([.. command, Path.Combine(folder, "windows.mid")]).MustSucceed();

        Assert.Contains("Engine: Ready", windows.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "linux.mid")), File.ReadAllBytes(Path.Combine(folder, "windows.mid")));
    }

    [WineFact]
    public void Without_a_graphics_device_the_CPU_plays_and_the_status_says_so()
    {
        var folder = Repository.NewWorkFolder("device");
        string[] command = ["play", Repository.Motif("ode_to_joy"), "--bars", "1", "--seed", "7"];

        Hosts.OnLinux([.. command, "--set", "Device=CPU", "--out", Path.Combine(folder, "linux.mid")]).MustSucceed();
        var windows = Hosts.OnWindows([.. command, "--set", "Device=GPU", "--do", "17:status", "--out", Path.Combine(folder, "windows.mid")]).MustSucceed();

        Assert.Contains("The CPU plays: no graphics device that ONNX Runtime can use was found.", windows.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "linux.mid")), File.ReadAllBytes(Path.Combine(folder, "windows.mid")));
    }

    [WineFact]
    public void Windows_hosts_see_the_parameters_that_Linux_hosts_see()
    {
        var linux = Hosts.OnLinux("parameters").MustSucceed().Output;
        var windows = Hosts.OnWindows("parameters").MustSucceed().Output;
        Assert.Contains("Arm", linux, StringComparison.Ordinal);
        Assert.Equal(Lines(linux), Lines(windows));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
