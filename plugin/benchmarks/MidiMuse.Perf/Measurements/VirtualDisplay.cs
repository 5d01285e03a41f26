using System.Diagnostics;

namespace MidiMuse.Perf.Measurements;

/// <summary>An X server without a monitor (Xvfb), where the machine has no display and Xvfb is installed.</summary>
internal sealed class VirtualDisplay : IDisposable
{
    private readonly Process? _server;

    private VirtualDisplay(Process? server, bool isThere) => (_server, IsThere) = (server, isThere);

    /// <summary>Windows can be opened.</summary>
    public bool IsThere { get; }

    public static VirtualDisplay StartIfNeeded()
    {
        if (Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 })
            return new VirtualDisplay(null, true);
        if (!File.Exists("/usr/bin/Xvfb"))
            return new VirtualDisplay(null, false);
        var server = Process.Start(new ProcessStartInfo("/usr/bin/Xvfb", ["-displayfd", "1", "-noreset", "-screen", "0", "1400x900x24", "-nolisten", "tcp"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var display = $":{server.StandardOutput.ReadLine()}";
        // For windows of this process, and for the native hosts that it starts.
        Environment.SetEnvironmentVariable("DISPLAY", display);
        MidiMuse.Editor.EditorSession.UseDisplay(display);
        return new VirtualDisplay(server, true);
    }

    public void Dispose()
    {
        if (_server is null)
            return;
        Environment.SetEnvironmentVariable("DISPLAY", null);
        _server.Kill();
        _server.Dispose();
    }
}
