using System.CommandLine;
using MidiMuse.Host.Loading;
using MidiMuse.Inference.Models;
using MidiMuse.Perf;
using MidiMuse.Perf.Measurements;
using MidiMuse.Perf.Reports;

var quick = new Option<bool>("--quick") { Description = "Fewer rounds: about a minute instead of about five." };
var json = new Option<FileInfo?>("--json") { Description = "File for the report as JSON." };
var against = new Option<FileInfo?>("--against") { Description = "An earlier report (--json) to compare with; refused where machine, model or configuration differ." };
var models = new Option<DirectoryInfo?>("--models") { Description = "Measures only the models in this folder (models/weights); needs no bundle." };
var editor = new Option<bool>("--editor") { Description = "Measures only the editor." };
var root = new RootCommand("Measures MidiMuse as it was built and prints one table.") { quick, json, against, models, editor };
root.SetAction(arguments => arguments.GetValue(models) is { } folder
    ? Models(folder, arguments.GetValue(quick))
    : arguments.GetValue(editor) ? Editor(arguments.GetValue(quick))
    : Run(arguments.GetValue(quick), arguments.GetValue(json), arguments.GetValue(against)));
return root.Parse(args).Invoke();

static int Run(bool isQuick, FileInfo? json, FileInfo? against)
{
    try
    {
        using var run = new PerfRun(isQuick, Progress);
        var earlier = Read(against);
        if (earlier is not null && ReportComparison.Refusal(earlier, run.Describe()) is { } reason)
            throw new InvalidOperationException($"Not compared. {reason}");
        var report = run.Measure();
        Progress("");
        report.WriteMarkdown(Console.Out);
        if (json is not null)
        {
            using var stream = json.Create();
            report.WriteJson(stream);
        }
        if (earlier is null)
            return 0;
        Console.WriteLine();
        ReportComparison.Write(earlier, report, Console.Out);
        return 0;
    }
    catch (Exception failure) when (failure is IOException or InvalidDataException or InvalidOperationException or Vst3Exception or ModelException)
    {
        Console.Error.WriteLine(failure.Message);
        return 1;
    }
}

static int Models(DirectoryInfo folder, bool isQuick)
{
    try
    {
        var figures = ModelComparison.Measure(folder.FullName, isQuick ? 10 : 100, Progress).Concat(WholeAnswers.Measure(folder.FullName, isQuick ? 2 : 13, Progress)).ToList();
        Progress("");
        PerfReport.WriteFigures(figures, Console.Out);
        return 0;
    }
    catch (Exception failure) when (failure is IOException or ModelException)
    {
        Console.Error.WriteLine(failure.Message);
        return 1;
    }
}

static int Editor(bool isQuick)
{
    try
    {
        using var run = new PerfRun(isQuick, Progress);
        var figures = run.MeasureEditor().ToList();
        Progress("");
        PerfReport.WriteFigures(figures, Console.Out);
        return 0;
    }
    catch (Exception failure) when (failure is IOException or InvalidOperationException or Vst3Exception or ModelException)
    {
        Console.Error.WriteLine(failure.Message);
        return 1;
    }
}

static PerfReport? Read(FileInfo? file)
{
    if (file is null)
        return null;
    using var stream = file.OpenRead();
    return PerfReport.Read(stream);
}

// On the terminal only, so that the table can be piped.
static void Progress(string step)
{
    if (!Console.IsErrorRedirected)
        Console.Error.Write($"\r{step,-60}\r");
}
