using System.Runtime.InteropServices;

namespace MidiMuse.Host.Loading;

/// <summary>Where the module of a bundle is. Source: "VST 3 Locations / Format" of the VST 3 developer portal.</summary>
public static class Vst3Bundle
{
    /// <summary>The module of a bundle folder, or the file itself where the path is one (single-file Windows plugins, a bare .so).</summary>
    /// <exception cref="Vst3Exception">Nothing is there for this system.</exception>
    public static string ModulePath(string bundlePath)
    {
        if (File.Exists(bundlePath))
            return Path.GetFullPath(bundlePath);
        if (!Directory.Exists(bundlePath))
            throw new Vst3Exception($"There is no plugin at {bundlePath}.");
        var path = Path.Combine(Path.GetFullPath(bundlePath), "Contents", ArchitectureFolder(), ModuleName(bundlePath));
        return File.Exists(path) ? path : throw new Vst3Exception($"{bundlePath} has no module for this system: {path} is missing.");
    }

    /// <summary>The bundle that `dotnet build` assembles, looked for from the current folder and the program's upwards.</summary>
    /// <exception cref="Vst3Exception">It has not been built.</exception>
    public static string FindBuilt() =>
        TryFindBuilt() ?? throw new Vst3Exception("artifacts/bundle/MidiMuse.vst3 is not built; run `dotnet build MidiMuse.sln`, or name a plugin with --plugin.");

    public static string? TryFindBuilt()
    {
        foreach (var start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var bundle = Path.Combine(folder.FullName, "artifacts", "bundle", "MidiMuse.vst3");
                if (Directory.Exists(bundle))
                    return bundle;
            }
        }
        return null;
    }

    private static string ArchitectureFolder()
    {
        if (OperatingSystem.IsMacOS())
            return "MacOS";
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x86_64",
            Architecture.X86 => OperatingSystem.IsWindows() ? "x86" : "i386",
            Architecture.Arm64 => OperatingSystem.IsWindows() ? "arm64" : "aarch64",
            var other => other.ToString().ToLowerInvariant(),
        };
        return architecture + (OperatingSystem.IsWindows() ? "-win" : "-linux");
    }

    private static string ModuleName(string bundlePath)
    {
        var name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(bundlePath));
        return OperatingSystem.IsMacOS() ? name : name + (OperatingSystem.IsWindows() ? ".vst3" : ".so");
    }
}
