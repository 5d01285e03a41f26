using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace MidiMuse.Bridge.Tests;

/// <summary>The tests of the C++ side, as CTest knows them.</summary>
internal static class NativeTests
{
    public static string BuildDirectory { get; } = Metadata("BridgeBuildDirectory");

    public static string SourceDirectory { get; } = Metadata("BridgeSourceDirectory");

    public static IReadOnlyList<string> Names()
    {
        using var list = JsonDocument.Parse(Run("--show-only=json-v1").Output);
        return [.. list.RootElement.GetProperty("tests").EnumerateArray().Select(test => test.GetProperty("name").GetString()!)];
    }

    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("ctest")
        {
            WorkingDirectory = BuildDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    private static string Metadata(string key) => typeof(NativeTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
