using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Measurements;

/// <summary>
/// Runs the native hosts of plugin/bridge/bench: a managed host's own runtime would count as memory, and its collector
/// would stop the thread that measures.
/// </summary>
internal sealed class NativeHosts
{
    public const int ManyInstances = 32;
    public const double StormBytesPerSecond = 100e6;

    private readonly BuiltBundle _bundle;

    public NativeHosts(BuiltBundle bundle) => _bundle = bundle;

    public IEnumerable<Figure> LoadTimes(int processes)
    {
        const string Part = "time to load";
        var runs = Enumerable.Range(0, processes).Select(_ => Run("instances_bench", _bundle.Module, "2", "load")).ToList();
        Figure Times(string what, string property, string note)
        {
            var times = new Distribution(runs.Select(run => run.GetProperty(property).GetDouble()));
            return Figure.Of(Part, what, "ms", times) with { Note = FormattableString.Invariant($"least {times.Min:F1} ms{note}") };
        }
        yield return Times("module and factory", "moduleMs", $"; {processes} processes, files in the system's cache");
        yield return Times("first instance ready, module included", "firstInstanceMs", "; managed runtime, ONNX Runtime, model, controller");
        yield return Times("second instance ready", "secondInstanceMs", "");
    }

    public IEnumerable<Figure> Memory()
    {
        const string Part = "memory";
        var run = Run("instances_bench", _bundle.Module, ManyInstances.ToString(CultureInfo.InvariantCulture));
        var before = run.GetProperty("before");
        var (one, all) = (run.GetProperty("one"), run.GetProperty("all"));
        var host = FormattableString.Invariant($"host alone {Megabytes(before, "residentKb"):F1} resident, {Megabytes(before, "privateKb"):F1} private");
        yield return new Figure(Part, "1 instance, resident", "MB", Megabytes(one, "residentKb")) { Note = $"after an answer; {host}" };
        yield return new Figure(Part, "1 instance, private", "MB", Megabytes(one, "privateKb"));
        yield return new Figure(Part, $"{ManyInstances} instances, resident", "MB", Megabytes(all, "residentKb")) { Note = "each after an answer" };
        yield return new Figure(Part, $"{ManyInstances} instances, private", "MB", Megabytes(all, "privateKb"));
        yield return new Figure(Part, "each further instance, private", "MB", (Megabytes(all, "privateKb") - Megabytes(one, "privateKb")) / (ManyInstances - 1));
    }

    /// <summary>process() while the plugin's managed runtime allocates, against process() while it does not.</summary>
    public IEnumerable<Figure> ProcessUnderGarbage(double secondsPerPhase, int rounds)
    {
        const string Part = "process() under garbage";
        var run = RunGarbage(secondsPerPhase, rounds);
        var (quiet, storm) = (run.GetProperty("quiet"), run.GetProperty("storm"));
        var priority = run.GetProperty("isRealtimePriority").GetBoolean() ? "real-time priority" : "ordinary priority";
        yield return Calls(Part, "quiet, wall time", quiet, "wallUs") with { Note = $"64-sample blocks at 48 kHz, {quiet.GetProperty("blocks").GetInt32()} blocks, {priority}, {quiet.GetProperty("missed").GetInt32()} missed" };
        yield return Calls(Part, "storm, wall time", storm, "wallUs") with { Note = FormattableString.Invariant($"estimated {storm.GetProperty("allocatedBytesPerSecond").GetDouble() / 1e6:F0} MB/s allocated, {storm.GetProperty("missed").GetInt32()} missed") };
        yield return Ratio(Part, "storm / quiet, wall time", quiet, storm, "wallUs");
        yield return Calls(Part, "quiet, processor time", quiet, "cpuUs") with { Note = "of the audio thread: without what the system ran in between; includes reading the clock" };
        yield return Calls(Part, "storm, processor time", storm, "cpuUs");
        yield return Ratio(Part, "storm / quiet, processor time", quiet, storm, "cpuUs");
        yield return Calls(Part, "quiet, wake-up after its time", quiet, "wakeUs") with { Note = "the system's, not the plugin's" };
        yield return Calls(Part, "storm, wake-up after its time", storm, "wakeUs");
        var phases = run.GetProperty("phases").EnumerateArray().Select(phase => FormattableString.Invariant($"{(phase.GetProperty("isStorm").GetBoolean() ? "storm" : "quiet")} {phase.GetProperty("wallUs").GetProperty("p999").GetDouble():F1}/{phase.GetProperty("wallUs").GetProperty("max").GetDouble():F0}"));
        yield return new Figure(Part, "blocks without a plan", "blocks", run.GetProperty("shortfalls").GetDouble())
        {
            Note = FormattableString.Invariant($"late notes {run.GetProperty("lateNotes").GetDouble():F0}, fallback bars {run.GetProperty("fallbackBars").GetDouble():F0}; p99.9/max us by phase: {string.Join(", ", phases)}"),
        };
    }

    /// <summary>process() while the editor is open and redraws, against process() while it is closed. Needs a display.</summary>
    public IEnumerable<Figure> ProcessBesideEditor(double secondsPerPhase, int rounds)
    {
        const string Part = "process() beside the editor";
        var run = Run("editor_bench", _bundle.Module, secondsPerPhase.ToString(CultureInfo.InvariantCulture), rounds.ToString(CultureInfo.InvariantCulture));
        var (closed, open) = (run.GetProperty("closed"), run.GetProperty("open"));
        yield return Calls(Part, "closed, wall time", closed, "wallUs") with { Note = $"64-sample blocks at 48 kHz, {closed.GetProperty("blocks").GetInt32()} blocks, {closed.GetProperty("missed").GetInt32()} missed" };
        yield return Calls(Part, "open and redrawing, wall time", open, "wallUs") with { Note = $"{open.GetProperty("missed").GetInt32()} missed" };
        yield return Ratio(Part, "open / closed, wall time", closed, open, "wallUs");
        yield return Calls(Part, "closed, processor time", closed, "cpuUs");
        yield return Calls(Part, "open and redrawing, processor time", open, "cpuUs");
        yield return Ratio(Part, "open / closed, processor time", closed, open, "cpuUs") with { Note = $"late notes {run.GetProperty("lateNotes").GetDouble():F0}, blocks without a plan {run.GetProperty("shortfalls").GetDouble():F0}" };
    }

    private JsonElement RunGarbage(double secondsPerPhase, int rounds)
    {
        var cost = StateCost.Measure();
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, cost.State);
            double[] numbers = [secondsPerPhase, rounds, StormBytesPerSecond, cost.BytesPerGetState, cost.BytesPerText];
            return Run("garbage_bench", [_bundle.Module, file, .. numbers.Select(number => number.ToString("F0", CultureInfo.InvariantCulture))]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Figure Calls(string part, string what, JsonElement phase, string times)
    {
        var values = phase.GetProperty(times);
        return new Figure(part, what, "us", values.GetProperty("p50").GetDouble())
        {
            P99 = values.GetProperty("p99").GetDouble(),
            P999 = values.GetProperty("p999").GetDouble(),
            Max = values.GetProperty("max").GetDouble(),
        };
    }

    private static Figure Ratio(string part, string what, JsonElement quiet, JsonElement storm, string times)
    {
        double Of(string quantile) => storm.GetProperty(times).GetProperty(quantile).GetDouble() / quiet.GetProperty(times).GetProperty(quantile).GetDouble();
        return new Figure(part, what, "ratio", Of("p50")) { P99 = Of("p99"), P999 = Of("p999"), Max = Of("max") };
    }

    private static double Megabytes(JsonElement memory, string property) => memory.GetProperty(property).GetInt64() * 1024 / 1e6;

    /// <exception cref="InvalidOperationException">The host is not built or failed.</exception>
    private JsonElement Run(string host, params string[] arguments)
    {
        var path = Path.Combine(_bundle.NativeBench, host);
        if (!File.Exists(path))
            throw new InvalidOperationException($"{host} is not built; dotnet build builds it with MidiMuse.Perf.");
        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{host} failed with {process.ExitCode}: {errors.Result.Trim()}");
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}
