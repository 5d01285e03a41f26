using System.Diagnostics;

namespace MidiMuse.Wine.Tests;

/// <summary>The Windows bundle with another file in the place of its onnxruntime.dll.</summary>
public sealed class RuntimeLibraryTests
{
    private const string OlderVersion = """
        struct Base { const void* (*functions)(unsigned); const char* (*version)(); };
        static const void* functions(unsigned) { return nullptr; }
        static const char* version() { return "1.24.3"; }
        static const Base base = { functions, version };
        extern "C" __declspec(dllexport) const Base* OrtGetApiBase() { return &base; }
        """;

    private const string NoExport = "int nothing;";

    /// <summary>Oracle: the Linux bundle, whole. On the CPU the Transformer needs no ONNX Runtime.</summary>
    [WineTheory]
    [InlineData(OlderVersion, "onnxruntime.dll is version 1.24.3, and this MidiMuse needs 1.")]
    [InlineData(NoExport, "onnxruntime.dll is not ONNX Runtime. Install MidiMuse again.")]
    [InlineData(null, "onnxruntime.dll cannot be loaded.")]
    public void Without_its_ONNX_Runtime_the_bundle_answers_as_ever_and_the_status_says_what_is_wrong(string? source, string message)
    {
        var folder = Repository.NewWorkFolder("stand-in");
        var bundle = Hosts.WindowsBundleWith(folder, StandIn(folder, source));
        string[] command = ["play", Repository.Motif("ode_to_joy"), "--bars", "1", "--seed", "7"];

        Hosts.OnLinux([.. command, "--set", "Device=CPU", "--out", Path.Combine(folder, "linux.mid")]).MustSucceed();
        var windows = Hosts.OnWindowsWith(bundle, [.. command, "--set", "Device=GPU", "--do", "17:status", "--out", Path.Combine(folder, "windows.mid")]).MustSucceed();

        Assert.Contains("The CPU plays: ONNX Runtime cannot be used: ", windows.Output, StringComparison.Ordinal);
        Assert.Contains(message, windows.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "linux.mid")), File.ReadAllBytes(Path.Combine(folder, "windows.mid")));
    }

    /// <summary>The LSTM's graphs are ONNX Runtime's to run.</summary>
    [WineFact]
    public void A_model_that_needs_ONNX_Runtime_is_missing_and_the_motif_passes_through()
    {
        var folder = Repository.NewWorkFolder("stand-in");
        var bundle = Hosts.WindowsBundleWith(folder, StandIn(folder, OlderVersion));
        var windows = Hosts.OnWindowsWith(bundle, ["play", Repository.Motif("ode_to_joy"), "--bars", "1", "--set", "Engine model=LSTM"]);
        Assert.Contains("Status: No model", windows.Output, StringComparison.Ordinal);
        Assert.Contains("Engine: ONNX Runtime cannot be used: ", windows.Output, StringComparison.Ordinal);
    }

    private static string StandIn(string folder, string? source)
    {
        var library = Path.Combine(folder, "onnxruntime.dll");
        if (source is null)
        {
            File.WriteAllText(library, "This was a library once.\n");
            return library;
        }
        var code = Path.Combine(folder, "stand-in.cpp");
        File.WriteAllText(code, source);
        using var compiler = Process.Start("x86_64-w64-mingw32-g++-posix", ["-shared", "-static", "-o", library, code]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }
}
