using System.Globalization;
using System.Text.Json;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Plugins;

namespace MidiMuse.Host.Commands;

/// <summary>The figures of a performance: the host's own and the plugin's read-only parameters.</summary>
internal sealed class PlayStatistics
{
    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly PerformanceResult _performance;
    private readonly MotifResult _result;
    private readonly MotifPlan _plan;
    private readonly double _loadMs;
    private readonly Dictionary<string, string> _meters;

    private PlayStatistics(MotifPlan plan, MotifResult result, Dictionary<string, string> meters, double loadMs)
    {
        _plan = plan;
        _result = result;
        _performance = result.Performance;
        _meters = meters;
        _loadMs = loadMs;
    }

    internal static PlayStatistics Of(HostedPlugin plugin, MotifPlan plan, MotifResult result, double loadMs)
    {
        var meters = plugin.Parameters
            .Where(p => p.IsReadOnly && !p.IsHidden)
            .DistinctBy(p => p.Title)
            .ToDictionary(p => p.Title, p => $"{plugin.DisplayText(p, plugin.GetNormalized(p))} {p.Units}".TrimEnd());
        return new PlayStatistics(plan, result, meters, loadMs);
    }

    internal void Write(TextWriter output)
    {
        var pairing = _performance.Pairing;
        var times = _performance.Times;
        output.WriteLine(Invariant($"{_result.Answer.Count} notes of answer; events {_performance.Events.Count}, hanging {pairing.Hanging}, overlapping {pairing.Overlapping}, stray {pairing.Stray}, refused {_performance.RefusedEvents}"));
        output.WriteLine(Invariant($"process() {times.Blocks} blocks: p50 {times.Median:F1} us, p99.9 {times.P999:F1} us, max {times.Max:F1} us{Waits()}"));
        output.WriteLine(Invariant($"loaded in {_loadMs:F0} ms, played in {_performance.ElapsedSeconds:F2} s{Missed()}"));
        if (_meters.Count > 0)
            output.WriteLine(string.Join(", ", _meters.Select(meter => $"{meter.Key}: {meter.Value}")));
        if (_performance.OutputPeak > 0 && !_plan.RecordsAudio)
            output.WriteLine(Invariant($"audio output is not silent: peak {_performance.OutputPeak}"));
    }

    internal void WriteJson(Stream stream, MotifPlan plan, MotifResult result)
    {
        JsonSerializer.Serialize(stream, new
        {
            sampleRateHz = plan.SampleRateHz,
            isRealtime = plan.IsRealtime,
            answerStartPpq = result.AnswerStartPpq,
            answerEndPpq = result.AnswerEndPpq,
            loadMs = _loadMs,
            elapsedSeconds = _performance.ElapsedSeconds,
            missedBlocks = _performance.Missed,
            hanging = _performance.Pairing.Hanging,
            overlapping = _performance.Pairing.Overlapping,
            stray = _performance.Pairing.Stray,
            refusedEvents = _performance.RefusedEvents,
            outputPeak = float.IsFinite(_performance.OutputPeak) ? _performance.OutputPeak : (float?)null,
            processMicroseconds = _performance.Times,
            parameters = _meters,
            motif = plan.Motif,
            answer = result.Answer,
        }, JsonOptions);
    }

    private string Waits() => _plan.IsRealtime ? "" : " (offline: with the wait for the engine)";

    private string Missed() => _plan.IsRealtime ? Invariant($", {_performance.Missed} blocks missed by the host") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
