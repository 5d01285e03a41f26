using System.Collections.Concurrent;
using System.Diagnostics;

namespace MidiMuse.RealHosts.Tests.Screens;

/// <summary>A program that is told things on its standard input and says things, a line each, on its standard output.</summary>
internal sealed class TalkingProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _name;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly ConcurrentQueue<string> _errors = new();

    public TalkingProcess(string program, string display, string home, params IEnumerable<string> arguments)
    {
        _name = Path.GetFileName(program);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DISPLAY"] = display;
        // Settings and clips of whoever runs the tests stay out of them.
        start.Environment["HOME"] = home;
        foreach (var name in (string[])["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_MUSIC_DIR", "WAYLAND_DISPLAY"])
            start.Environment.Remove(name);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(_said, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool IsRunning => !_process.HasExited;

    public IReadOnlyList<string> Said => [.. _said];

    public void Tell(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>The last line that begins with a word, once there are that many of them; without the word.</summary>
    public string WaitFor(string word, int count = 1)
    {
        Patience.Until(() => !IsRunning || Lines(word).Length >= count, () => $"{_name} said nothing of '{word}': {string.Join(" | ", _said)} {string.Join(" | ", _errors)}");
        Assert.True(Lines(word).Length >= count, $"{_name} ended without '{word}': {string.Join(" | ", _said)} {string.Join(" | ", _errors)}");
        return Lines(word)[^1];
    }

    /// <summary>Fails where it does not end by itself, and well.</summary>
    public void Quit()
    {
        Tell("quit");
        _process.StandardInput.Close();
        Assert.True(_process.WaitForExit(Patience.Limit), $"{_name} does not end.");
        Assert.True(_process.ExitCode == 0, $"{_name} ended with {_process.ExitCode}: {string.Join(" | ", _errors)}");
    }

    public void Dispose()
    {
        if (IsRunning)
            _process.Kill();
        _process.Dispose();
    }

    private string[] Lines(string word) => [.. _said.Where(line => line.Split(' ')[0] == word).Select(line => line[word.Length..].Trim())];

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
