using System.Diagnostics;

namespace MidiMuse.Wine.Tests;

/// <summary>What a program printed and how it ended.</summary>
internal sealed record Finished(int ExitCode, string Output, string Errors)
{
    public Finished MustSucceed()
    {
        Assert.True(ExitCode == 0, $"Ended with {ExitCode}.\n{Output}\n{Errors}");
        return this;
    }
}

/// <summary>Windows programs in a Wine prefix of these tests' own, which is made once and kept.</summary>
internal static class WinePrefix
{
    // Debian's wine64 without the recommended `wine` package puts nothing on the path.
    private const string Program = "/usr/lib/wine/wine64";

    private const string Server = "/usr/lib/wine/wineserver64";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static readonly Lazy<string> Prefix = new(MadePrefix);

    public static string? Missing { get; } = MissingParts();

    /// <summary>Drive C: of the prefix.</summary>
    public static string DriveC => Path.Combine(Prefix.Value, "drive_c");

    public static Finished Run(string program, params IEnumerable<string> arguments) => Run([], program, arguments);

    /// <param name="environment">Variables beside those of this process.</param>
    public static Finished Run(Dictionary<string, string> environment, string program, params IEnumerable<string> arguments) =>
        Start(Prefix.Value, environment, [program, .. arguments]);

    /// <summary>
    /// Ends what Wine keeps running between programs. Its desktop belongs to the display, or to none, that the first
    /// program had, and every later one gets that.
    /// </summary>
    public static void EndServices()
    {
        TellServer(Prefix.Value, "--kill"); // fails where nothing runs, which is as well
        TellServer(Prefix.Value, "--wait");
    }

    private static string MadePrefix()
    {
        var prefix = Path.Combine(Repository.WineFolder, "prefix");
        if (!File.Exists(Path.Combine(prefix, "system.reg")))
        {
            Directory.CreateDirectory(prefix);
            // No offers to install Mono and Gecko. In a run, mscoree must be there: Wine loads .NET assemblies through it.
            Start(prefix, new() { ["WINEDLLOVERRIDES"] = "mscoree=;mshtml=" }, ["wineboot", "--init"]).MustSucceed();
            // What wineboot has started goes on writing after its end: tests that compare the drive before and after would see that.
            TellServer(prefix, "--wait");
        }
        return prefix;
    }

    private static void TellServer(string prefix, string option)
    {
        var start = new ProcessStartInfo(Server, [option]);
        start.Environment["WINEPREFIX"] = prefix;
        using var server = Process.Start(start);
        server?.WaitForExit(Limit);
    }

    private static Finished Start(string prefix, Dictionary<string, string> environment, IEnumerable<string> words)
    {
        // Into files: Wine's services inherit the streams and live on, so that a pipe would stay open after the program's end.
        var streams = Path.Combine(Repository.NewWorkFolder("streams"), "run");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0.out\" 2>\"$0.err\" </dev/null", streams, Program, .. words]);
        start.Environment["WINEPREFIX"] = prefix;
        // Wine's folders for documents and music lie in it.
        start.Environment["HOME"] = Directory.CreateDirectory(Path.Combine(Repository.WineFolder, "home")).FullName;
        start.Environment["WINEDEBUG"] = "-all";
        // No entries in the desktop's menus.
        start.Environment["WINEDLLOVERRIDES"] = "winemenubuilder.exe=";
        start.Environment.Remove("DISPLAY");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("Wine does not start.");
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', words)} was still running after {Limit.TotalSeconds:F0} s.");
        }
        return new Finished(process.ExitCode, File.ReadAllText(streams + ".out"), File.ReadAllText(streams + ".err"));
    }

    private static string? MissingParts()
    {
        (string Name, bool IsThere)[] parts =
        [
            ("Debian's wine64", File.Exists(Program) && File.Exists(Server)),
            ("Debian's g++-mingw-w64-x86-64", File.Exists("/usr/bin/x86_64-w64-mingw32-g++-posix")),
        ];
        var missing = parts.Where(part => !part.IsThere).Select(part => part.Name).ToList();
        return missing.Count == 0 ? null : $"Not installed: {string.Join(", ", missing)} (.ci/install-packages installs it).";
    }
}
