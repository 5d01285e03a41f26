using System.Diagnostics;
using System.Globalization;
using MidiMuse.Editor.Windows.X11;

namespace MidiMuse.Editor.Tests.Windows;

/// <summary>A test that needs an X server without a screen and a hand for it; skipped with a word where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class XFactAttribute : FactAttribute
{
    public XFactAttribute()
    {
        if (!File.Exists("/usr/bin/Xvfb") || !File.Exists("/usr/bin/xdotool"))
            Skip = "Xvfb or xdotool is not installed; .ci/install-packages installs both.";
    }
}

/// <summary>Xvfb on a display number that is free, for all tests of the collection.</summary>
public sealed class XServer : IDisposable
{
    private readonly Process? _server;

    public XServer()
    {
        if (!File.Exists("/usr/bin/Xvfb"))
            return;
        _server = Process.Start(new ProcessStartInfo("/usr/bin/Xvfb", "-noreset -displayfd 1 -screen 0 2400x1200x24 -nolisten tcp")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Display = $":{_server.StandardOutput.ReadLine()}";
        XDisplay.DisplayName = Display;
    }

    public string Display { get; } = "";

    /// <summary>Moves, clicks and types; returns when it is done.</summary>
    public void Do(params object[] words)
    {
        var start = new ProcessStartInfo("/usr/bin/xdotool") { RedirectStandardError = true };
        start.Environment["DISPLAY"] = Display;
        foreach (var word in words)
            start.ArgumentList.Add(Convert.ToString(word, CultureInfo.InvariantCulture)!);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"xdotool {string.Join(' ', words)}: {error}");
    }

    public void Dispose()
    {
        _server?.Kill();
        _server?.Dispose();
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class XServerTests : ICollectionFixture<XServer>
{
    public const string Name = "X server";
}
