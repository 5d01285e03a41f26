using System.CommandLine;
using MidiMuse.Models.Commands;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Tests.Corpus;

namespace MidiMuse.Models.Tests.Evaluation;

public class EvaluateCommandTests
{
    [Fact]
    public void A_test_split_is_refused()
    {
        using var folder = new TemporaryFolder();
        TinyCorpus.Write(folder.Path, TinyCorpus.HeldBack);
        var error = Assert.Throws<ArgumentException>(() => Run($"--corpus {folder.Path} --split test"));
        Assert.Contains("held back", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_corpus_is_named()
    {
        using var folder = new TemporaryFolder();
        var nowhere = Path.Combine(folder.Path, "nowhere");
        Assert.Contains(nowhere, Assert.Throws<CorpusMissingException>(() => Run($"--corpus {nowhere}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tables_are_written_where_asked()
    {
        using var folder = new TemporaryFolder();
        TinyCorpus.Write(folder.Path, TinyCorpus.TwoMeters, TinyCorpus.OtherTier);
        var report = Path.Combine(folder.Path, "report");
        Assert.Equal(0, Run($"--corpus {folder.Path} --tier B --model {Folders.Weights} --out {report}"));
        Assert.Contains("| drums | LSTM | 1 | 5 |", File.ReadAllText(Path.Combine(report, "evaluation.md")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(report, "evaluation.json")));
    }

    private static int Run(string arguments) =>
        EvaluateCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
