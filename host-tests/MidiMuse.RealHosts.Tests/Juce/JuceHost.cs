using System.Text.Json;

namespace MidiMuse.RealHosts.Tests.Juce;

/// <summary>The JUCE command-line host: built on first use, run once a test or more.</summary>
internal static class JuceHost
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<string> Folder = new(Build);

    public static string Program => Path.Combine(Folder.Value, "midimuse-juce-host");

    /// <summary>A window that takes files and gives one.</summary>
    public static string FilesProgram => Path.Combine(Folder.Value, "midimuse-juce-files");

    public static JuceRun Run(params IEnumerable<string> options) => RunBundle(Repository.Bundle, [], options);

    /// <param name="environment">Variables that the host gets beside those of the tests.</param>
    public static JuceRun RunBundle(string bundle, Dictionary<string, string> environment, IEnumerable<string> options)
    {
        var results = Path.Combine(Repository.NewWorkFolder("juce"), "results.json");
        CommandLine.Run(Program, RunLimit, environment, ["--plugin", bundle, "--json", results, .. options]);
        return ReadReport(results);
    }

    public static JuceRun ReadReport(string path) => JsonSerializer.Deserialize<JuceRun>(File.ReadAllText(path), Json)!;

    /// <summary>Incremental: about a second where nothing has changed.</summary>
    private static string Build()
    {
        var folder = Path.Combine(Repository.Artifacts, "juce");
        CommandLine.Run("cmake", BuildLimit, "-S", Path.Combine(Repository.Root, "host-tests", "juce"), "-B", folder, "-G", "Ninja");
        CommandLine.Run("cmake", BuildLimit, "--build", folder, "--parallel", "2");
        return folder;
    }
}
