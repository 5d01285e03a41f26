using System.Text.Json;
using MidiMuse.RealHosts.Tests;

namespace MidiMuse.Wine.Tests;

/// <summary>A test in the JUCE host under Wine; skipped, with the reason, where one of its packages is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WineJuceFactAttribute : FactAttribute
{
    public WineJuceFactAttribute() => Skip = WinePrefix.Missing ?? JuceHost.Missing;
}

/// <summary>A note that a host took down from a plugin, in quarters from the project's start.</summary>
internal readonly record struct HeardNote(double OnsetPpq, int Pitch, int Velocity);

/// <summary>What the JUCE host says of a run; see host-tests/juce/Source/Report.cpp.</summary>
internal sealed record JuceReport(string Host, JuceReport.PluginPart Plugin, JuceReport.InstancePart[] Instances)
{
    internal sealed record PluginPart(string Name, string Category, bool ProducesMidi);

    internal sealed record InstancePart(EventPart[] Events, double Peak);

    internal sealed record EventPart(double TimelinePpq, int[] Bytes);

    public IEnumerable<HeardNote> Onsets => Instances.Single().Events
        .Where(midi => (midi.Bytes[0] & 0xF0) == 0x90 && midi.Bytes[2] > 0)
        .Select(midi => new HeardNote(midi.TimelinePpq, midi.Bytes[1], midi.Bytes[2]));
}

/// <summary>
/// host-tests/juce built for Windows: JUCE's VST3 host code, which many DAWs have inside. Built on first use, about two
/// minutes of processor time, and kept.
/// </summary>
internal static class JuceHost
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(15);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<string> Program = new(Build);

    public static string? Missing { get; } = MissingParts();

    /// <summary>JUCE 7 takes the file inside the bundle on Windows, as its own search for plugins does.</summary>
    public static JuceReport Run(params IEnumerable<string> options)
    {
        var results = Path.Combine(Repository.NewWorkFolder("juce"), "results.json");
        var plugin = Path.Combine(Hosts.WindowsBundle, "Contents", "x86_64-win", "MidiMuse.vst3");
        WinePrefix.Run(Program.Value, ["--plugin", OnDriveZ(plugin), "--json", OnDriveZ(results), .. options]).MustSucceed();
        return JsonSerializer.Deserialize<JuceReport>(File.ReadAllText(results), Json)!;
    }

    /// <summary>JUCE takes only a path with a drive for a whole one.</summary>
    public static string OnDriveZ(string path) => "Z:" + path.Replace('/', '\\');

    /// <summary>Incremental: about a second where nothing has changed.</summary>
    private static string Build()
    {
        var folder = Path.Combine(Repository.Artifacts, "windows-juce");
        var toolchain = Path.Combine(Repository.Root, "plugin", "bridge", "mingw-w64.cmake");
        CommandLine.Run("cmake", BuildLimit, "-S", Path.Combine(Repository.Root, "host-tests", "juce", "windows"), "-B", folder, "-G", "Ninja", $"-DCMAKE_TOOLCHAIN_FILE={toolchain}");
        CommandLine.Run("cmake", BuildLimit, "--build", folder, "--parallel", "2");
        return Path.Combine(folder, "midimuse-juce-host.exe");
    }

    private static string? MissingParts()
    {
        (string Name, bool IsThere)[] parts =
        [
            ("Debian's juce-modules-source", Directory.Exists("/usr/share/juce/modules/juce_audio_processors")),
            ("libpng-dev", File.Exists("/usr/include/png.h")),
            ("libjpeg-dev", File.Exists("/usr/include/jpeglib.h")),
            ("libz-mingw-w64-dev", File.Exists("/usr/x86_64-w64-mingw32/lib/libz.a")),
            ("lld", File.Exists("/usr/bin/ld.lld")),
            ("ninja-build", File.Exists("/usr/bin/ninja")),
            ("cmake", File.Exists("/usr/bin/cmake")),
        ];
        var missing = parts.Where(part => !part.IsThere).Select(part => part.Name).ToList();
        return missing.Count == 0 ? null : $"Not installed: {string.Join(", ", missing)} (.ci/install-packages installs it).";
    }
}
