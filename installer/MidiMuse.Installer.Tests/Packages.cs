using System.Diagnostics;
using System.Reflection;
using MidiMuse.Wine.Tests;

namespace MidiMuse.Installer.Tests;

/// <summary>The packages, made by the scripts that the Installer target runs, once for all tests.</summary>
internal static class Packages
{
    private static readonly Lazy<string> TarballFile = new(() => Make("linux/make-tarball"));
    private static readonly Lazy<string> DebianFile = new(() => Make("linux/make-deb", "gzip"));

    public static string Version { get; } = typeof(Packages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Version").Value!;

    public static string Bundle => Path.Combine(Repository.Artifacts, "bundle", "MidiMuse.vst3");

    public static string WindowsBundle => Path.Combine(Repository.Artifacts, "bundle-windows", "MidiMuse.vst3");

    public static string Tarball => TarballFile.Value;

    public static string Debian => DebianFile.Value;

    /// <summary>The relative path and the bytes' hash of every file below a folder.</summary>
    public static SortedDictionary<string, string> Files(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var stream = File.OpenRead(file);
            files.Add(Path.GetRelativePath(folder, file), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream)));
        }
        return files;
    }

    /// <summary>Runs a program to its end with these variables beside those of this process.</summary>
    public static Finished Run(string program, Dictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Finished(process.ExitCode, output, errors.Result);
    }

    private static string Make(string script, params string[] options)
    {
        var output = Repository.NewWorkFolder("packages");
        var made = Run("/bin/sh", [], [Path.Combine(Repository.Root, "installer", script), Bundle, Version, output, .. options]).MustSucceed();
        return made.Output.Trim();
    }
}
