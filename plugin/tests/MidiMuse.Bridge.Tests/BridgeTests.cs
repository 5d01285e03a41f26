using System.Text.RegularExpressions;

namespace MidiMuse.Bridge.Tests;

/// <summary>Runs each test of the native bridge by its name. Their oracles are named in plugin/bridge/tests.</summary>
public class BridgeTests
{
    public static TheoryData<string> NativeTestNames => [.. NativeTests.Names()];

    [Theory]
    [MemberData(nameof(NativeTestNames))]
    public void The_native_test_passes(string name)
    {
        var (exitCode, output) = NativeTests.Run("--output-on-failure", "-R", $"^{Regex.Escape(name)}$");
        Assert.True(exitCode == 0, output);
        Assert.Contains("100% tests passed", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tests_that_the_issue_asks_for_are_there()
    {
        var names = NativeTests.Names();
        Assert.Contains("Process_neither_allocates_nor_locks_over_100000_blocks", names);
        Assert.Contains("The_binary_loads_and_unloads_a_thousand_times", names);
        Assert.Contains("Output_is_the_same_for_every_block_size", names);
        Assert.Contains("The_ABI_layout_is_the_golden_one", names);
    }

    /// <summary>Every interface declaration names the header and the SDK version that it was read from.</summary>
    [Fact]
    public void Every_interface_file_cites_its_source_in_the_first_line()
    {
        var files = Directory.GetFiles(Path.Combine(NativeTests.SourceDirectory, "vst3", "interfaces"), "*.h");
        Assert.True(files.Length >= 10);
        foreach (var file in files)
            Assert.Matches(@"^// Facts from \w+/\w+\.h.*VST SDK \d+\.\d+\.\d+", File.ReadLines(file).First());
    }
}
