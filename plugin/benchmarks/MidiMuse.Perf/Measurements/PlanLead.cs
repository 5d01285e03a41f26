using MidiMuse.Engine;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Host.Motifs;
using MidiMuse.Inference.Models;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Measurements;

/// <summary>
/// When the first bar of the answer is in place, in real time. The engine is the plugin's own code, compiled just in
/// time instead of ahead of it, behind a link that notes the moment at which a plan arrives: a host cannot see that.
/// </summary>
internal static class PlanLead
{
    private const string Part = "first answer, engine";
    private const double AfterBarLineSeconds = 0.05;

    public static IEnumerable<Figure> Measure(string modelFolder, int motifs, Action<string> onProgress)
    {
        List<double> leadsMs = [];
        List<double> reactionsMs = [];
        for (var i = 0; i < motifs; i++)
        {
            onProgress($"plan in real time, motif {i + 1} of {motifs}");
            if (Play(modelFolder, i) is not { } run)
                continue;
            leadsMs.Add(run.LeadMs);
            reactionsMs.Add(run.ReactionMs);
        }
        if (leadsMs.Count > 0)
        {
            var leads = new Distribution(leadsMs);
            yield return new Figure(Part, "real time: plan in place before the bar line", "ms", leads.Median) { Max = leads.Max, Note = FormattableString.Invariant($"least {leads.Min:F1} ms; a whole bar by the model that has heard the motif so far") };
            yield return Figure.Of(Part, "real time: last thing played to that plan", "ms", new Distribution(reactionsMs)) with { Note = "last note-on or note-off before the plan, or the last beat's begin; includes polling" };
        }
        yield return new Figure(Part, "real time: motifs with such a plan in time", "%", 100.0 * leadsMs.Count / motifs) { Note = $"{leadsMs.Count} of {motifs}" };
    }

    private static (double LeadMs, double ReactionMs)? Play(string modelFolder, int number)
    {
        var clip = FirstAnswer.Motif(number);
        var meter = clip.ToMeterMap().BarAt(0).Meter;
        var notes = MotifPlan.NotesOf(clip);
        var bars = (int)Math.Ceiling(notes.Max(note => note.OnsetPpq + 1e-6) / meter.BarPpq);
        var captureIndex = ParameterTable.CaptureBars.ToList().FindIndex(length => length >= bars);
        var barLinePpq = ParameterTable.CaptureBars[captureIndex] * meter.BarPpq;
        InputEvent[] inputs =
        [
            .. notes.Select(note => new InputEvent { TimelinePpq = note.OnsetPpq, Epoch = PacedAudioLink.Epoch, Kind = InputKind.NoteOn, Channel = (byte)note.Channel, Data1 = (byte)note.Pitch, Data2 = (byte)note.Velocity })
                .Concat(notes.Select(note => new InputEvent { TimelinePpq = note.OnsetPpq + note.DurationPpq, Epoch = PacedAudioLink.Epoch, Kind = InputKind.NoteOff, Channel = (byte)note.Channel, Data1 = (byte)note.Pitch }))
                .OrderBy(input => input.TimelinePpq).ThenBy(input => input.Kind == InputKind.NoteOn),
        ];
        var link = new PacedAudioLink(inputs, meter, FirstAnswer.TempoBpm, FirstAnswer.BlockSamples / FirstAnswer.SampleRateHz);
        using (var engine = new EngineInstance(link, new ModelContinuation(SharedModel.Acquire(modelFolder)), null))
        {
            Set(engine, ParameterId.Seed, number + 1);
            Set(engine, ParameterId.Capture, captureIndex);
            Set(engine, ParameterId.AnswerLength, 1);
            Set(engine, ParameterId.Arm, 1);
            link.Start();
            engine.SetActive(true);
            Thread.Sleep(TimeSpan.FromSeconds((barLinePpq * 60 / FirstAnswer.TempoBpm) + AfterBarLineSeconds));
        }
        return Read(link, inputs, barLinePpq);
    }

    private static void Set(EngineInstance engine, uint id, double plain) =>
        engine.SetParameter(id, ParameterTable.Find(id)!.ToNormalised(plain));

    /// <summary>The last whole bar of the model's that came before its bar line, against the bar line and against what it answers.</summary>
    private static (double LeadMs, double ReactionMs)? Read(PacedAudioLink link, InputEvent[] inputs, double barLinePpq)
    {
        const double MillisecondsPerQuarter = 60_000 / FirstAnswer.TempoBpm;
        var inTime = link.Bars.Where(bar => !bar.IsFallback && Math.Abs(bar.StartPpq - barLinePpq) < 1e-6 && bar.SentAtPpq < link.HeardAtPpq(barLinePpq)).ToList();
        if (inTime.Count == 0)
            return null;
        var sentAtPpq = inTime[^1].SentAtPpq;
        // The model does not begin before the last quarter, or quarter of a second where that is longer.
        var beginPpq = barLinePpq - Math.Max(1, 0.25 * FirstAnswer.TempoBpm / 60);
        var heardPpq = inputs.Select(input => link.HeardAtPpq(input.TimelinePpq)).Where(ppq => ppq <= sentAtPpq).DefaultIfEmpty(0).Max();
        return ((barLinePpq - sentAtPpq) * MillisecondsPerQuarter, (sentAtPpq - Math.Max(heardPpq, beginPpq)) * MillisecondsPerQuarter);
    }
}
