namespace MidiMuse.RealHosts.Tests;

/// <summary>Which of the hosts' packages this machine has. Null: all that is needed; else what to say.</summary>
internal static class InstalledPackages
{
    private const string Remedy = "(.ci/install-packages installs it)";

    public static string? MissingForJuce { get; } = Missing(
        ("Debian's juce-modules-source", JuceIsInstalled()),
        ("cmake", IsOnPath("cmake")),
        ("ninja", IsOnPath("ninja")),
        ("a C++ compiler", IsOnPath("c++")));

    public static string? MissingForArdour { get; } = Missing(
        ("Ardour 7", File.Exists("/usr/lib/ardour7/luasession")),
        ("Ardour's VST3 scanner", File.Exists("/usr/lib/ardour7/ardour-vst3-scanner")),
        ("Debian's python3-mido", File.Exists("/usr/bin/python3") && Directory.Exists("/usr/lib/python3/dist-packages/mido")));

    public static string? MissingForScreen { get; } = Missing(
        ("Debian's xvfb", IsOnPath("Xvfb")),
        ("xdotool", IsOnPath("xdotool")));

    private static string? Missing(params (string Name, bool IsThere)[] needs)
    {
        var missing = needs.Where(need => !need.IsThere).Select(need => need.Name).ToList();
        return missing.Count == 0 ? null : $"Not installed: {string.Join(", ", missing)} {Remedy}.";
    }

    private static bool JuceIsInstalled() =>
        Directory.Exists("/usr/share/juce/modules")
        && Directory.Exists("/usr/lib")
        && Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Any(folder =>
            Directory.Exists(Path.Combine(folder, "cmake")) && Directory.EnumerateDirectories(Path.Combine(folder, "cmake"), "JUCE-7*").Any());

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
