using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;

namespace MidiMuse.Engine.Planning;

/// <summary>A motif that was not played: its answer begins at the next bar line with time left before it, or waits where nothing plays. [engine]</summary>
public sealed class LoadedMotif(EngineMoment moment, AnswerPlanner planner, AnswerEditor editor, MotifCapture capture, MotifCycle cycle)
{
    private const int BarsOfEndless = 8;

    /// <param name="audio">How well it was heard, where it comes from audio.</param>
    public CommandReply Begin(Motif motif, AudioReport? audio)
    {
        if (!moment.HasModel || AnswerFrame.Of(motif, moment.Settings.Mode) is null)
            return CommandReply.Refused(moment.HasModel ? "There are no notes in it." : "There is no model that could answer.");
        editor.RememberNow();
        editor.PushStep();
        capture.Report(audio);
        var placed = Placed(motif);
        if (moment.Transport.Playing && !moment.IsBypassed)
            cycle.BeginAnswer(placed);
        else
            Make(placed);
        return CommandReply.Done;
    }

    /// <summary>In the timeline, whole bars before the answer.</summary>
    private Motif Placed(Motif motif)
    {
        var meter = moment.Transport.Meter;
        var bars = Math.Max(1, Math.Ceiling((motif.EndPpq - motif.StartPpq - TransportSnapshot.ResolutionPpq) / meter.BarPpq));
        var motifPpq = bars * meter.BarPpq;
        var leadPpq = moment.Transport.Playing ? AnswerSchedule.LeadPpq(meter) : 0;
        var answerPpq = moment.HasStarted ? moment.Transport.BarLineAtOrAfter(moment.NowPpq + leadPpq) : motifPpq;
        return motif.MovedBy(answerPpq - motifPpq - motif.StartPpq) with { Meter = meter, EndPpq = answerPpq };
    }

    /// <summary>Nothing plays: the whole answer is made, and waits at its place.</summary>
    private void Make(Motif motifInTimeline)
    {
        editor.Begin();
        var frame = AnswerFrame.Of(motifInTimeline.MovedBy(-moment.Transport.PassOffsetPpq), moment.Settings.Mode)!;
        planner.Answer.Begin(frame);
        planner.Forget();
        editor.MakeAll(moment.Settings.AnswerBarsFor(frame.MotifBars) ?? BarsOfEndless);
    }
}
