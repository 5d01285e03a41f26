using System.CommandLine;
using MidiMuse.Models.Commands;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Tests.Corpus;

namespace MidiMuse.Models.Tests.Evaluation;

public class EvaluateCommandTests
{
    [Fact]
    public void Any_split_that_the_corpus_has_is_evaluated_but_the_one_that_models_have_learnt()
    {
        using var folder = new TemporaryFolder();
        TinyCorpus.Write(folder.Path, TinyCorpus.HeldBack);
        Assert.Equal(0, Run($"--corpus {folder.Path} --split test --engine copy"));
        Assert.Contains("have learnt it", Assert.Throws<ArgumentException>(() => Run($"--corpus {folder.Path} --split train")).Message, StringComparison.Ordinal);
        Assert.Contains("no music of split 'valid'", Assert.Throws<ArgumentException>(() => Run($"--corpus {folder.Path}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_engine_is_answered_with_those_that_there_are()
    {
        using var folder = new TemporaryFolder();
        TinyCorpus.Write(folder.Path, TinyCorpus.HeldBack);
        var error = Assert.Throws<ArgumentException>(() => Run($"--corpus {folder.Path} --split test --engine organ --weights {Weights}"));
        Assert.Contains("real, chance, copy, overfitted, markov, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("lstm", error.Message, StringComparison.Ordinal);
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
        Assert.Equal(0, Run($"--corpus {folder.Path} --tier B --engine lstm markov real --weights {Weights} --out {report}"));
        Assert.Contains("| drums | lstm | 1 | 5 |", File.ReadAllText(Path.Combine(report, "evaluation.md")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(report, "evaluation.json")));
    }

    private static string Weights => Path.Combine(Folders.Repository, "models", "weights");

    private static int Run(string arguments) =>
        EvaluateCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
