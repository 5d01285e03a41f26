using System.Globalization;
using System.Text.Json;
using MidiMuse.Core.Clips;
using MidiMuse.Core.Time;
using MidiMuse.Host.Loading;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Plugins;
using MidiMuse.Host.Transport;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Measurements;

/// <summary>The example motifs played into the built bundle, each with a seed of its own.</summary>
internal static class FirstAnswer
{
    public const int BlockSamples = 64;
    public const double SampleRateHz = 48000;
    public const double TempoBpm = 180;

    private const string Part = "first answer, bundle";

    /// <param name="onProgress">Called with a sentence now and then.</param>
    public static IEnumerable<Figure> Measure(BuiltBundle bundle, int motifs, Action<string> onProgress)
    {
        using var module = Vst3Module.Load(bundle.Path);
        List<double> waitsMs = [];
        for (var i = 0; i < motifs; i++)
        {
            onProgress($"first answer offline, motif {i + 1} of {motifs}");
            using var plugin = HostedPlugin.Create(module);
            waitsMs.Add(Play(plugin, i, isRealtime: false).Performance.Times.Max / 1000);
        }
        yield return Figure.Of(Part, "offline: longest process() call", "ms", new Distribution(waitsMs)) with
        {
            Note = $"{motifs} motifs; it waits at the bar line until the motif is read and the whole first bar is made",
        };

        List<double> lateMs = [];
        var (byModel, late) = (0, 0);
        for (var i = 0; i < motifs; i++)
        {
            onProgress($"first answer in real time, motif {i + 1} of {motifs}");
            using var plugin = HostedPlugin.Create(module);
            var result = Play(plugin, i, isRealtime: true);
            using var state = JsonDocument.Parse(plugin.SaveState().Component);
            if (!state.RootElement.TryGetProperty("answer", out var bars) || bars.GetArrayLength() == 0)
                continue;
            byModel += bars[0].GetProperty("origin").GetString() == "Model" ? 1 : 0;
            late += int.Parse(plugin.DisplayText(plugin.FindParameter("Late notes")!, plugin.GetNormalized(plugin.FindParameter("Late notes")!)), CultureInfo.InvariantCulture);
            if (LatenessMs(bars[0], result.Answer) is { } milliseconds)
                lateMs.Add(milliseconds);
        }
        if (lateMs.Count > 0)
            yield return Figure.Of(Part, "real time: first note after its planned place", "ms", new Distribution(lateMs)) with { Note = $"{lateMs.Count} of {motifs} first bars have notes; {late} late notes" };
        yield return new Figure(Part, "real time: first bars made by the model in time", "%", 100.0 * byModel / motifs) { Note = $"{byModel} of {motifs}; the others are the motif varied, in time" };
    }

    /// <summary>The motif that has a number: the examples in turn.</summary>
    public static Clip Motif(int number) => ExampleMotifs.All[number % ExampleMotifs.All.Count].Clip;

    private static MotifResult Play(HostedPlugin plugin, int number, bool isRealtime)
    {
        var clip = Motif(number);
        var session = new MotifSession(plugin, new MotifPlan
        {
            Motif = MotifPlan.NotesOf(clip),
            Bars = 1,
            Transport = new TransportScript { Tempos = TempoMap.Constant(TempoBpm), Meters = clip.ToMeterMap() },
            SampleRateHz = SampleRateHz,
            Blocks = BlockSizes.Fixed(BlockSamples),
            IsRealtime = isRealtime,
            Settings = [("Seed", (number + 1).ToString(CultureInfo.InvariantCulture))],
        });
        return session.Run();
    }

    /// <summary>From where the plan has the first note to where it came out; null where the bar is silent.</summary>
    private static double? LatenessMs(JsonElement bar, IReadOnlyList<EmittedNote> answer)
    {
        if (!bar.TryGetProperty("notes", out var notes) || notes.GetArrayLength() == 0)
            return null;
        var (plannedPpq, pitch) = (notes[0].GetProperty("on").GetDouble(), notes[0].GetProperty("pitch").GetInt32());
        foreach (var note in answer)
        {
            if (note.Pitch == pitch)
                return (note.OnsetPpq - plannedPpq) * 60_000 / TempoBpm;
        }
        return null;
    }
}
