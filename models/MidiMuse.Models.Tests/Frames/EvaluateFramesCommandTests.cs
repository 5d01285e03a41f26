using System.CommandLine;
using MidiMuse.Models.Commands;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Tests.Frames;

public class EvaluateFramesCommandTests
{
    [Fact]
    public void The_table_has_the_first_frame_of_each_sequence_left_out()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "jsb_quarter.json"), """{"train": [[[60, 64], [62], [64]], [[60], [62], [], [65]]], "valid": [[[60], [62], [64, 67]], [[61], [60]]]}""");
        Assert.Equal(0, Run($"--benchmarks {folder.Path} --set jsb_quarter --out {folder.Path}"));
        Assert.Contains("| JSB Chorales, quarters | valid | 2 | 3 |", File.ReadAllText(Path.Combine(folder.Path, "frames.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_benchmark_or_split_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("jsb_quarter", Assert.Throws<CorpusMissingException>(() => Run($"--benchmarks {folder.Path}")).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.Path, "jsb_quarter.json"), """{"train": [[[60]]]}""");
        Assert.Contains("it has train", Assert.Throws<ArgumentException>(() => Run($"--benchmarks {folder.Path} --set jsb_quarter")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Run($"--benchmarks {folder.Path} --split train"));
    }

    private static int Run(string arguments) =>
        EvaluateFramesCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
