using System.Diagnostics;

namespace MidiMuse.Wine.Tests;

/// <summary>A test of windows under Wine: it needs an X server without a screen as well.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WineWindowFactAttribute : FactAttribute
{
    public WineWindowFactAttribute() =>
        Skip = WinePrefix.Missing ?? (File.Exists(WindowHost.DisplayServer) ? null : "Not installed: Debian's xvfb (.ci/install-packages installs it).");
}

/// <summary>
/// WindowHost/main.cpp under Wine, on an X server of its own: a VST3 host with a window for the editor and a second one
/// that takes files. It obeys a list of commands and says what happened.
/// </summary>
public sealed class WindowHost : IDisposable
{
    public const string DisplayServer = "/usr/bin/Xvfb";

    private readonly Process? _server;
    private readonly string _display = "";

    public WindowHost()
    {
        if (WinePrefix.Missing is not null || !File.Exists(DisplayServer))
            return;
        _server = Process.Start(new ProcessStartInfo(DisplayServer, "-noreset -displayfd 1 -screen 0 2400x1200x24 -nolisten tcp")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _display = $":{_server.StandardOutput.ReadLine()}";
        WinePrefix.EndServices();
    }

    /// <summary>What the host said, without the echo of the commands.</summary>
    public IReadOnlyList<string> Run(params string[] commands)
    {
        var file = Path.Combine(Repository.NewWorkFolder("windows"), "commands.txt");
        File.WriteAllLines(file, commands);
        var host = Path.Combine(Repository.Artifacts, "windows-host", "window_host.exe");
        var plugin = Path.Combine(Hosts.WindowsBundle, "Contents", "x86_64-win", "MidiMuse.vst3");
        var finished = WinePrefix.Run(new Dictionary<string, string> { ["DISPLAY"] = _display }, host, plugin, file);
        var lines = finished.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // Not the exit code: Wine 8 ends a process with many threads by a signal now and then.
        Assert.True(lines is [.., "end"], $"Ended with {finished.ExitCode}.\n{finished.Output}\n{finished.Errors}");
        return [.. lines.Where(line => !line.StartsWith('>')).SkipLast(1)];
    }

    public void Dispose()
    {
        if (_server is null)
            return;
        WinePrefix.EndServices();
        _server.Kill();
        _server.Dispose();
    }
}
