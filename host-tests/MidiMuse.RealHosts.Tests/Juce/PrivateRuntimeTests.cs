using System.Runtime.InteropServices;

namespace MidiMuse.RealHosts.Tests.Juce;

/// <summary>
/// The same engine as IL, in a .NET runtime that the bridge starts in a native host. Oracle: the bundle with the
/// engine compiled ahead of time.
/// </summary>
public sealed class PrivateRuntimeTests
{
    [JuceFact]
    public void The_engine_gives_the_same_answer_as_IL_in_a_private_runtime()
    {
        var scenario = new Scenario(Motif.CommonTime, AnswerBars: 2, Bpm: 120);
        var motif = scenario.Motif.WriteTo(Repository.NewWorkFolder("motif"));
        string[] options = [.. scenario.JuceOptions(motif), "--offline"];

        var compiled = JuceHost.Run(options).Only;
        var hosted = JuceHost.RunBundle(BundleWithPrivateRuntime(), new() { ["MIDIMUSE_MANAGED"] = "hostfxr" }, options).Only;

        Assert.Equal("Ready", hosted.Parameter("Engine").Text);
        Assert.Contains(compiled.Events, midi => midi.IsNoteOn && midi.TimelinePpq >= scenario.AnswerStartPpq);
        Assert.Equal(compiled.Events.Select(midi => midi.Exactly), hosted.Events.Select(midi => midi.Exactly));
    }

    /// <summary>The built bundle without the compiled engine; its IL, and this test's own runtime, in its place.</summary>
    private static string BundleWithPrivateRuntime()
    {
        var bundle = Path.Combine(Repository.NewWorkFolder("private-runtime"), "MidiMuse.vst3");
        foreach (var file in Directory.GetFiles(Repository.Bundle, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(bundle, Path.GetRelativePath(Repository.Bundle, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (Path.GetFileName(file) != "MidiMuse.Plugin.so")
                File.Copy(file, copy);
        }
        var binaries = Path.Combine(bundle, "Contents", "x86_64-linux");
        foreach (var file in Directory.GetFiles(EngineOutput()).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
            File.Copy(file, Path.Combine(binaries, Path.GetFileName(file)));
        Directory.CreateSymbolicLink(Path.Combine(binaries, "dotnet"), DotnetRoot());
        return bundle;
    }

    /// <summary>The engine's build output of the same configuration as these tests.</summary>
    private static string EngineOutput()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.Combine(Repository.Artifacts, "bin", "MidiMuse.Plugin", configuration);
    }

    /// <summary>ROOT of ROOT/shared/Microsoft.NETCore.App/VERSION/.</summary>
    private static string DotnetRoot() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
