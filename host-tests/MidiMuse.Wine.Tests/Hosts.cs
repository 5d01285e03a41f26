using System.Diagnostics;

namespace MidiMuse.Wine.Tests;

/// <summary>Our host on both systems, each with the bundle of its system.</summary>
internal static class Hosts
{
    public static string WindowsBundle => Path.Combine(Repository.Artifacts, "bundle-windows", "MidiMuse.vst3");

    private static string WindowsHost => Path.Combine(Repository.Artifacts, "windows-host", "publish", "MidiMuse.Host.exe");

    public static Finished OnWindows(params IEnumerable<string> arguments) => OnWindows([], arguments);

    public static Finished OnWindows(Dictionary<string, string> environment, params IEnumerable<string> arguments) =>
        WinePrefix.Run(environment, WindowsHost, [.. arguments, "--plugin", WindowsBundle]);

    public static Finished OnWindowsWith(string bundle, params IEnumerable<string> arguments) =>
        WinePrefix.Run(WindowsHost, [.. arguments, "--plugin", bundle]);

    /// <summary>The bundle with these libraries beside its own, or in their place. All files are links.</summary>
    public static string WindowsBundleWith(string folder, params string[] libraries)
    {
        var bundle = Path.Combine(folder, Path.GetFileName(WindowsBundle));
        foreach (var file in Directory.GetFiles(WindowsBundle, "*", SearchOption.AllDirectories))
            Link(file, Path.Combine(bundle, Path.GetRelativePath(WindowsBundle, file)));
        foreach (var library in libraries)
            Link(library, Path.Combine(bundle, "Contents", "x86_64-win", Path.GetFileName(library)));
        return bundle;
    }

    public static Finished OnLinux(params IEnumerable<string> arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var host = Path.Combine(Repository.Artifacts, "bin", "MidiMuse.Host", configuration, "MidiMuse.Host.dll");
        var bundle = Path.Combine(Repository.Artifacts, "bundle", "MidiMuse.vst3");
        var start = new ProcessStartInfo("dotnet", [host, .. arguments, "--plugin", bundle]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The host does not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Finished(process.ExitCode, output, errors.Result);
    }

    private static void Link(string target, string link)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }
}
