using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MidiMuse.Core.Time;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Transport;
using Xunit.Abstractions;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>Blocks at the pace of the wall clock. Counters are asserted, never times.</summary>
[Collection(BundleTests.Name)]
public sealed class RealtimeTests
{
    private const string ThirtySeconds =
        "c5t d5t e5t f5t g5t f5t e5t d5t c5t d5t e5t f5t g5t a5t g5t f5t e5t f5t g5t a5t b5t a5t g5t f5t e5t d5t c5t d5t e5t f5t g5t e5t";

    private const int Bars = 6;

    private readonly LoadedBundle _bundle;
    private readonly ITestOutputHelper _output;

    public RealtimeTests(LoadedBundle bundle, ITestOutputHelper output)
    {
        _bundle = bundle;
        _output = output;
    }

    /// <summary>
    /// A machine that is busy with something else for seconds makes notes late whatever the plugin does, so one clean
    /// performance of three is enough; a plugin that is too slow has none.
    /// </summary>
    [BundleFact]
    public void At_300_bpm_in_thirty_seconds_no_note_is_late_after_the_first_bar()
    {
        var late = double.NaN;
        for (var attempt = 0; attempt < 3 && late != 0; attempt++)
            late = LateAfterTheFirstBar();
        Assert.Equal(0, late);
    }

    [BundleFact]
    public void Real_time_and_offline_begin_the_answer_on_the_same_bar_line()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 2, bpm: 240) with { IsRealtime = true };
        var result = Answers.Play(_bundle, plan);
        Answers.AssertClean(result);
        Assert.Equal(8, result.AnswerStartPpq);
        Assert.NotEmpty(result.Answer);
        Assert.Equal(Answers.Motif(Answers.FourFour, Meter.CommonTime).Count, result.Performance.Pairing.Notes.Count(n => n.OnsetPpq < 8 - 1e-3));
    }

    /// <summary>
    /// A process of its own: the engine reads its environment when it starts. On a busy machine one performance of three
    /// without late notes is enough, as above; everything else holds in each of them.
    /// </summary>
    [BundleFact]
    public void A_slow_model_falls_back_in_time_and_says_so()
    {
        (int LateNotes, int Shortfalls) counted = (-1, -1);
        for (var attempt = 0; attempt < 3 && counted != (0, 0); attempt++)
            counted = CountedWithSlowModel();
        // In time: nothing late, and never a block for which nothing had been planned.
        Assert.Equal((0, 0), counted);
    }

    private (int LateNotes, int Shortfalls) CountedWithSlowModel()
    {
        var folder = Directory.CreateTempSubdirectory("midimuse-");
        try
        {
            var json = PlayWithSlowModel(Path.Combine(folder.FullName, "result.json"));
            var parameters = json.GetProperty("parameters");
            _output.WriteLine(parameters.ToString());
            var fallbackBars = Number(parameters, "Fallback bars");
            Assert.InRange(fallbackBars, 1, Bars);
            Assert.Equal((0, 0), (json.GetProperty("hanging").GetInt32(), json.GetProperty("overlapping").GetInt32()));
            var start = json.GetProperty("answerStartPpq").GetDouble();
            var onsets = json.GetProperty("answer").EnumerateArray().Select(n => n.GetProperty("onsetPpq").GetDouble() - start);
            // The motif has notes in every bar, so the fallback has; a bar of the model's may be a rest.
            Assert.InRange(onsets.Select(ppq => (int)Math.Floor((ppq + 1e-3) / 4)).Distinct().Count(), fallbackBars, Bars);
            return (Number(parameters, "Late notes"), Number(parameters, "Shortfalls"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonElement PlayWithSlowModel(string jsonPath)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(MotifSession).Assembly.Location, "play", TestPaths.Example("ode_to_joy.mid"), "--bars", $"{Bars}", "--bpm", "240", "--realtime", "--json", jsonPath])
            start.ArgumentList.Add(argument);
        // A bar lasts 1 s and the motif has 4 notes in each: the model can follow what is played but not draw a bar in time.
        start.Environment["MIDIMUSE_TEST_MODEL_DELAY_MS"] = "180";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output.Result}{errors.Result}");
        using var document = JsonDocument.Parse(File.ReadAllBytes(jsonPath));
        return document.RootElement.Clone();
    }

    private static int Number(JsonElement parameters, string title) => int.Parse(parameters.GetProperty(title).GetString()!, CultureInfo.InvariantCulture);

    private double LateAfterTheFirstBar()
    {
        var plan = Answers.Plan(ThirtySeconds, Meter.CommonTime, bars: 16, bpm: 300) with { IsRealtime = true, Blocks = BlockSizes.Fixed(128) };
        using var plugin = _bundle.CreatePlugin();
        var session = new MotifSession(plugin, plan);
        double? lateInFirstBar = null;
        var result = session.Run(performance =>
        {
            if (performance.PlayedPpq >= session.AnswerStartPpq + 4)
                lateInFirstBar ??= Answers.Read(plugin, "Late notes");
        });
        var late = Answers.Read(plugin, "Late notes");
        _output.WriteLine($"late notes {late}, of these in the first bar {lateInFirstBar}; fallback bars {Answers.Read(plugin, "Fallback bars")}; {result.Answer.Count} notes; process {result.Performance.Times}");
        Answers.AssertClean(result);
        Assert.NotEmpty(result.Answer);
        return late - lateInFirstBar!.Value;
    }
}
