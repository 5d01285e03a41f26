using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MidiMuse.Core.Clips;
using MidiMuse.Core.Time;
using MidiMuse.Host.Loading;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Plugins;
using MidiMuse.Host.Transport;

namespace MidiMuse.Host.Commands;

/// <summary>`play`: motif in, answer out.</summary>
internal static class PlayCommand
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var options = new PlayOptions();
        var command = options.ToCommand();
        command.SetAction(result => CommandFailure.Guard(() => Run(options, result)));
        return command;
    }

    private static int Run(PlayOptions options, ParseResult arguments)
    {
        var file = arguments.GetRequiredValue(options.Motif);
        var recording = IsWav(file) ? ReadRecording(options, arguments, file) : null;
        var motif = recording is null ? ReadMotif(file) : new Clip();
        var loading = Stopwatch.StartNew();
        using var module = Vst3Module.Load(arguments.GetValue(options.Plugin) ?? Vst3Bundle.FindBuilt());
        using var plugin = HostedPlugin.Create(module);
        var loadMs = loading.Elapsed.TotalMilliseconds;
        using var cancellation = new CancellationTokenSource();
        ConsoleCancelEventHandler stop = (_, e) => e.Cancel = TryCancel(cancellation);
        Console.CancelKeyPress += stop;
        try
        {
            var plan = Plan(options, arguments, motif, cancellation.Token);
            if (recording is not null)
                plan = plan with { Motif = recording.Notes, Recording = recording.Samples, SampleRateHz = recording.SampleRateHz };
            var session = new MotifSession(plugin, plan);
            using var progress = new ProgressLine(session, plugin);
            var result = session.Run(progress.Report);
            progress.Clear();
            if (recording is not null)
                plan = plan with { Motif = RecordedMotif.HeardBy(plugin) ?? plan.Motif };
            Report(options, arguments, plugin, plan, result, loadMs);
            return 0;
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
    }

    private static bool TryCancel(CancellationTokenSource cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return false; // the second time, the process ends
        cancellation.Cancel();
        return true;
    }

    private static bool IsWav(FileInfo file) => file.Extension.Equals(".wav", StringComparison.OrdinalIgnoreCase);

    private static RecordedMotif ReadRecording(PlayOptions options, ParseResult arguments, FileInfo file)
    {
        using var stream = file.OpenRead();
        var isRateGiven = arguments.GetResult(options.SampleRate) is { Implicit: false };
        var recording = RecordedMotif.Read(
            stream, isRateGiven ? arguments.GetValue(options.SampleRate) : null, TempoMap.Constant(arguments.GetValue(options.Bpm) ?? 120));
        return recording.Notes.Count > 0 ? recording : throw new Vst3Exception($"No notes are heard in {file.Name}.");
    }

    private static Clip ReadMotif(FileInfo file)
    {
        using var stream = file.OpenRead();
        var clip = ClipReader.Read(stream);
        return clip.Notes.Any() ? clip : throw new Vst3Exception($"{file.Name} has no notes.");
    }

    private static MotifPlan Plan(PlayOptions options, ParseResult arguments, Clip motif, CancellationToken cancellation)
    {
        PlayOptions.TryBlocks(arguments.GetRequiredValue(options.Block), out var blocks);
        var settings = (arguments.GetValue(options.Set) ?? []).Select(Setting).ToList();
        if (arguments.GetValue(options.Seed) is { } seed)
            settings.Insert(0, ("Seed", seed.ToString(CultureInfo.InvariantCulture)));
        return new MotifPlan
        {
            Motif = MotifPlan.NotesOf(motif),
            Bars = arguments.GetValue(options.Bars),
            Transport = new TransportScript
            {
                Tempos = arguments.GetValue(options.Bpm) is { } bpm ? TempoMap.Constant(bpm) : motif.ToTempoMap(),
                Meters = arguments.GetValue(options.Signature) is { } meter ? MeterMap.Constant(meter) : motif.ToMeterMap(),
                Loop = arguments.GetValue(options.Loop) is [var start, var end] ? new LoopRange(start, end) : null,
            },
            SampleRateHz = arguments.GetValue(options.SampleRate),
            Blocks = blocks,
            IsRealtime = arguments.GetValue(options.Realtime),
            RecordsAudio = arguments.GetValue(options.Wav) is not null,
            TailPpq = arguments.GetValue(options.Tail),
            Settings = settings,
            Actions = [.. (arguments.GetValue(options.Do) ?? []).Select(Action)],
            Cancellation = cancellation,
        };
    }

    /// <summary>Commands answer as they are run; one that is refused ends the performance, because what follows would be another one.</summary>
    private static HostAction Action(string text)
    {
        PlayOptions.TryCommand(text, out var atPpq, out var line);
        return new HostAction(atPpq, plugin =>
        {
            var answer = plugin.Command(line) ?? throw new Vst3Exception($"{plugin.Class.Name} knows no commands.");
            using var json = JsonDocument.Parse(answer);
            if (!json.RootElement.GetProperty("ok").GetBoolean())
                throw new Vst3Exception($"{line}: {(json.RootElement.TryGetProperty("error", out var error) ? error.GetString() : "refused")}");
            Console.WriteLine($"{atPpq.ToString("0.##", CultureInfo.InvariantCulture),6}  {line}{Said(json.RootElement)}");
        });
    }

    private static string Said(JsonElement answer)
    {
        if (answer.TryGetProperty("message", out var message))
            return ": " + message.GetString();
        return answer.TryGetProperty("status", out var status) ? Environment.NewLine + JsonSerializer.Serialize(status, s_indented) : "";
    }

    private static (string Title, string Value) Setting(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return (text[..equals].Trim(), text[(equals + 1)..]);
    }

    private static void Report(PlayOptions options, ParseResult arguments, HostedPlugin plugin, MotifPlan plan, MotifResult result, double loadMs)
    {
        new PianoRoll(Terminal.Width, Terminal.HasColour).Write(Console.Out, plan.Motif, result.Answer, plan.Transport.Meters, result.AnswerStartPpq, result.AnswerEndPpq);
        var statistics = PlayStatistics.Of(plugin, plan, result, loadMs);
        statistics.Write(Console.Out);
        if (arguments.GetValue(options.Out) is { } output)
        {
            using var stream = output.Create();
            ClipWriter.Write(arguments.GetValue(options.WithMotif) ? AnswerClip.WithMotif(plan, result) : AnswerClip.AnswerOnly(plan, result), stream);
            Console.WriteLine($"wrote {output}");
        }
        if (arguments.GetValue(options.Wav) is { } wav)
        {
            using var stream = wav.Create();
            WavFile.Write(result.Performance.Audio, (int)plan.SampleRateHz, stream);
            Console.WriteLine($"wrote {wav}");
        }
        if (arguments.GetValue(options.Json) is { } json)
        {
            using var stream = json.Create();
            statistics.WriteJson(stream, plan, result);
        }
    }
}
