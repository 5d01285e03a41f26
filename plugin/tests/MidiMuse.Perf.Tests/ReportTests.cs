using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Tests;

/// <summary>Oracle: the values in the tests themselves.</summary>
public sealed class ReportTests
{
    [Fact]
    public void Reports_of_another_machine_model_or_configuration_are_not_compared()
    {
        var report = Report();

        Assert.Null(ReportComparison.Refusal(report, Report()));
        Assert.Contains("machines differ", ReportComparison.Refusal(report, report with { Machine = "another" }), StringComparison.Ordinal);
        Assert.Contains("machines differ", ReportComparison.Refusal(report, report with { Cores = 64 }), StringComparison.Ordinal);
        Assert.Contains("models differ", ReportComparison.Refusal(report, report with { ModelHash = "00" }), StringComparison.Ordinal);
        var quick = report with { Configuration = new Dictionary<string, string> { ["block"] = "64", ["quick"] = "yes" } };
        Assert.Equal("The configurations differ: quick was no and is yes.", ReportComparison.Refusal(report, quick));
        Assert.Throws<InvalidOperationException>(() => ReportComparison.Write(report, quick, TextWriter.Null));
    }

    [Fact]
    public void A_comparison_shows_ratios_of_the_figures_that_both_reports_have()
    {
        var now = Report() with { Figures = [new Figure("model", "step", "us", 300) { P99 = 200 }, new Figure("model", "new", "us", 1)] };
        var output = new StringWriter();

        ReportComparison.Write(Report(), now, output);

        var rows = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, rows.Length); // title, rule, the one figure
        Assert.Equal(["model", "step", "200.0", "300.0", "1.500", "0.500", "", "us"], Cells(rows[2]));
    }

    [Fact]
    public void A_report_survives_its_file()
    {
        var file = new MemoryStream();
        Report().WriteJson(file);
        file.Position = 0;

        var read = PerfReport.Read(file);

        Assert.Null(ReportComparison.Refusal(Report(), read));
        Assert.Equal(Report().Figures, read.Figures);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("{}")]
    [InlineData("{\"machine\": \"x\"")]
    public void A_file_that_is_no_report_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => PerfReport.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void The_configuration_hash_depends_on_the_entries_and_not_on_their_order()
    {
        var forwards = Report() with { Configuration = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } };
        var backwards = Report() with { Configuration = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } };
        var other = Report() with { Configuration = new Dictionary<string, string> { ["a"] = "1", ["b"] = "3" } };

        Assert.Equal(forwards.ConfigurationHash, backwards.ConfigurationHash);
        Assert.NotEqual(forwards.ConfigurationHash, other.ConfigurationHash);
    }

    [Fact]
    public void The_table_begins_with_machine_and_hashes_and_every_row_is_as_wide_as_the_others()
    {
        var output = new StringWriter();

        Report().WriteMarkdown(output);

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("A processor, 2 cores, load 0.5 to 1.5", lines[0], StringComparison.Ordinal);
        Assert.Contains("0123456789ab", lines[1], StringComparison.Ordinal);
        Assert.Contains(Report().ConfigurationHash[..12], lines[1], StringComparison.Ordinal);
        Assert.Single(lines.Skip(2).Select(line => line.Length).Distinct());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01234, "0.012")]
    [InlineData(1.23456, "1.235")]
    [InlineData(12.3456, "12.35")]
    [InlineData(123456.7, "123457")]
    [InlineData(-9.87654, "-9.877")]
    public void Numbers_have_four_significant_digits_and_no_exponent(double value, string expected) =>
        Assert.Equal(expected, MarkdownTable.Number(value));

    [Fact]
    public void Quantiles_are_values_that_were_measured()
    {
        var thousand = new Distribution(Enumerable.Range(0, 1001).Reverse().Select(i => (double)i));

        Assert.Equal((0, 500, 990, 1000), (thousand.Min, thousand.Median, thousand.Quantile(0.99), thousand.Max));
        Assert.Equal(7, new Distribution([7]).Quantile(0.99));
        Assert.Throws<ArgumentException>(() => new Distribution([]));
    }

    private static PerfReport Report() => new(
        "A processor",
        2,
        "lstm 0.1.0",
        "0123456789abcdef",
        new Dictionary<string, string> { ["block"] = "64", ["quick"] = "no" },
        new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        [0.5, 1.5],
        [new Figure("model", "step", "us", 200) { P99 = 400 }, new Figure("size", "all files", "MB", 40) { Note = "a | b" }]);

    private static string[] Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];
}
