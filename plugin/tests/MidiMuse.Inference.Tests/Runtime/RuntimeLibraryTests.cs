using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Tests.Runtime;

/// <summary>Oracle: libraries of known making in the place of ONNX Runtime's.</summary>
public sealed class RuntimeLibraryTests
{
    [CompilerFact]
    public void A_library_of_an_older_version_is_refused_with_both_versions_in_the_message()
    {
        using var older = StandInLibrary.OfVersion("1.2.0");
        var message = Refusal(older.Path);
        Assert.Equal($"ONNX Runtime cannot be used: {older.Path} is version 1.2.0, and this MidiMuse needs {RuntimeLibrary.NeededVersion}. Install MidiMuse again.", message);
    }

    [CompilerFact]
    public void A_library_of_a_newer_version_is_refused()
    {
        using var newer = StandInLibrary.OfVersion("99.0.0");
        Assert.Contains("is version 99.0.0, and", Refusal(newer.Path), StringComparison.Ordinal);
    }

    [CompilerFact]
    public void A_version_that_is_no_version_is_refused()
    {
        using var odd = StandInLibrary.OfVersion("");
        Assert.Contains("is version , and", Refusal(odd.Path), StringComparison.Ordinal);
    }

    [CompilerFact]
    public void Another_patch_release_is_taken()
    {
        var needed = Version.Parse(RuntimeLibrary.NeededVersion);
        using var patched = StandInLibrary.OfVersion($"{needed.Major}.{needed.Minor}.{needed.Build + 1}");
        Assert.NotEqual(0, RuntimeLibrary.Load([patched.Path]));
    }

    [CompilerFact]
    public void A_library_that_is_not_ONNX_Runtime_is_refused()
    {
        using var other = StandInLibrary.WithoutExports();
        using var empty = StandInLibrary.WithoutFunctions();
        Assert.Contains($"{other.Path} is not ONNX Runtime", Refusal(other.Path), StringComparison.Ordinal);
        Assert.Contains($"{empty.Path} is not ONNX Runtime", Refusal(empty.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused()
    {
        using var text = StandInLibrary.OfText();
        Assert.Contains($"{text.Path} cannot be loaded", Refusal(text.Path), StringComparison.Ordinal);
    }

    /// <summary>Linux's loader maps such a file and the process ends at the first page that is not there.</summary>
    [LinuxTheory]
    [InlineData(0.999)]
    [InlineData(0.5)]
    [InlineData(0.001)]
    public void A_library_that_was_copied_in_part_is_refused(double share)
    {
        var whole = File.ReadAllBytes(NativeRuntime.CandidatePaths().First(File.Exists));
        using var part = StandInLibrary.OfBytes(whole.AsSpan(0, (int)(share * whole.Length)));
        Assert.Contains($"{part.Path} is cut short", Refusal(part.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_there_is_missing() =>
        Assert.Contains("midimuse-nowhere/libonnxruntime.so is missing", Refusal("/midimuse-nowhere/libonnxruntime.so"), StringComparison.Ordinal);

    private static string Refusal(params string[] paths)
    {
        var exception = Assert.Throws<ModelException>(() => RuntimeLibrary.Load(paths));
        Assert.Equal(ModelFault.RuntimeFailed, exception.Fault);
        return exception.Message;
    }
}
