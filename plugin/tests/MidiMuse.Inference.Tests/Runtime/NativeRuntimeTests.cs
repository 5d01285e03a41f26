using System.Diagnostics;
using MidiMuse.Inference.Runtime;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Runtime;

public sealed class NativeRuntimeTests
{
    /// <summary>Oracle: the modules that the operating system says are loaded.</summary>
    [Fact]
    public void The_library_of_the_output_directory_is_the_one_that_is_loaded()
    {
        using var small = new SmallModel();
        using var process = Process.GetCurrentProcess();
        var modules = process.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName)
            .Where(file => Path.GetFileNameWithoutExtension(file).EndsWith("onnxruntime", StringComparison.Ordinal))
            .Distinct();

        Assert.Equal([NativeRuntime.CandidatePaths().First(File.Exists)], modules);
    }

    [Fact]
    public void No_library_that_is_not_ours_is_a_candidate() =>
        Assert.All(NativeRuntime.CandidatePaths(), path => Assert.StartsWith(AppContext.BaseDirectory, path, StringComparison.Ordinal));
}
