using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Link;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// The motif state machine: it waits for a motif, captures it, answers it bar by bar, and waits for the next one. [engine]
/// </summary>
/// <remarks>
/// Bar N+1 of an answer is decided at the start of bar N, and looked at once more a quarter before its bar line; the
/// first bar is decided at the end of the motif.
/// </remarks>
public sealed class MotifCycle(EngineMoment moment, AnswerPlanner planner, AnswerEditor editor, MotifCapture capture, AnswerOutput output)
{
    /// <summary>An endless answer is made ahead this far.</summary>
    private const int BarsAheadOfEndless = 2;

    private readonly AnswerSchedule _schedule = new();
    private bool _hearsOn;

    /// <summary>Where something is to be decided next, timeline ppq.</summary>
    public double NextDecisionPpq => moment.Phase switch
    {
        EnginePhase.Capturing => capture.NextCheckPpq,
        EnginePhase.Answering => _schedule.NextPpq,
        _ => double.PositiveInfinity,
    };

    /// <summary>What has been heard of the motif that is being played, in project ppq; null where none is.</summary>
    public Motif? MotifInTheMaking => moment.Phase == EnginePhase.Capturing ? capture.SoFar(moment.NowPpq) : null;

    /// <summary>The first bar of the answer that has not begun to play.</summary>
    public int FirstFreeBar
    {
        get
        {
            if (moment.Phase != EnginePhase.Answering)
                return 0;
            var bar = 0;
            while (bar < planner.BarCount && planner.Answer.Bars[bar].StartPpq + planner.OffsetPpq < moment.NowPpq - TransportSnapshot.ResolutionPpq)
                bar++;
            return bar;
        }
    }

    /// <summary>How many bars beyond the transport's position are planned.</summary>
    public double BarsAhead => moment.Phase == EnginePhase.Answering
        ? Math.Max(0, (planner.PlannedUntilPpq - moment.Transport.BlockEndPpq) / moment.Transport.Meter.BarPpq)
        : 0;

    /// <summary>How far everything is decided, timeline ppq.</summary>
    public double HorizonPpq
    {
        get
        {
            var barLinePpq = moment.Transport.BarLineAtOrAfter(moment.Transport.BlockEndPpq);
            return moment.Phase switch
            {
                EnginePhase.Answering when !moment.Transport.Offline => Math.Max(RealTimeHorizonPpq, PlayableHorizon.Final(barLinePpq)),
                EnginePhase.Capturing => PlayableHorizon.Final(Math.Min(capture.EndPpq, barLinePpq)),
                _ => PlayableHorizon.Final(barLinePpq), // offline nobody plays past a bar line before everything up to it is known: it may change the bar after it
            };
        }
    }

    /// <summary>
    /// The silence of the first bar after the answer is planned as well: the engine's thread notices the end a moment
    /// after the audio thread.
    /// </summary>
    private double RealTimeHorizonPpq =>
        double.IsPositiveInfinity(_schedule.EndPpq) ? planner.PlannedUntilPpq : _schedule.EndPpq + moment.Transport.Meter.BarPpq;

    /// <summary>What is accompanied is heard on while the accompaniment plays.</summary>
    private bool IsRecording => moment.Phase == EnginePhase.Capturing || (moment.Phase == EnginePhase.Answering && _hearsOn);

    /// <summary>Whether the answer's next bars can be made before they are decided: an accompaniment's go by what nobody has played yet.</summary>
    public bool CanMakeAhead(in MusicSettings settings) =>
        moment.Phase != EnginePhase.Answering || !(settings.Freeze || _schedule.EndIsWanted || _hearsOn);

    /// <summary>How many bars the answer will have, as far as that is known.</summary>
    public int BarsWanted(in MusicSettings settings) => moment.Phase == EnginePhase.Answering
        ? settings.AnswerBarsFor(planner.Answer.Frame!.MotifBars) ?? planner.BarCount + BarsAheadOfEndless
        : planner.BarCount;

    public void Play(in InputEvent note)
    {
        if (note.Kind == InputKind.NoteOn && moment.Phase == EnginePhase.Waiting)
            BeginCapture(note.TimelinePpq, note.TimelinePpq);
        if (IsRecording)
            capture.Play(note);
        if (moment.Phase == EnginePhase.Capturing)
            moment.Change();
    }

    /// <summary>Hears the audio input's next step, which ends at the position that has been reached.</summary>
    public void HearAudio()
    {
        capture.HearAudioStep();
        if (moment.Phase == EnginePhase.Waiting && capture.FirstSungPpq() is { } onsetPpq)
            BeginCapture(onsetPpq, moment.NowPpq);
        if (moment.Phase == EnginePhase.Capturing && capture.TakeInSung(moment.Transport.TempoBpm))
            moment.Change();
    }

    /// <summary>At <see cref="NextDecisionPpq"/>, which has been reached.</summary>
    public void Decide()
    {
        if (moment.Phase == EnginePhase.Answering && _schedule.RevisesNext)
            ReviseNextBar();
        else if (moment.Phase == EnginePhase.Answering)
            DecideNextBar();
        else if (capture.IsOverAt(moment.NowPpq, moment.Transport.Meter))
            EndCapture(moment.NowPpq);
    }

    /// <summary>The meter has changed: bars from the transport's on are cut anew.</summary>
    public void Regrid(in TransportSnapshot transport)
    {
        if (moment.Phase == EnginePhase.Answering)
        {
            planner.Regrid(transport.Epoch, transport.BarStartPpq, transport.Meter, moment.Candidate, moment.Settings);
            _schedule.BeginAgain(transport.BarStartPpq);
            moment.ChangeContent();
        }
        else if (moment.Phase == EnginePhase.Capturing)
        {
            planner.Withdraw(transport.Epoch);
            capture.Regrid(transport);
        }
    }

    /// <summary>The answer to a motif that was not played begins where the motif ends.</summary>
    public void BeginAnswer(Motif motifInTimeline)
    {
        output.TakeBack(moment.NextBarLinePpq);
        planner.Withdraw(moment.Transport.Epoch);
        planner.Begin(moment.Transport.Epoch, motifInTimeline, moment.Transport.PassOffsetPpq, moment.Candidate, moment.Settings, moment.Transport.Offline);
        BeginAnswer(motifInTimeline.EndPpq);
    }

    /// <summary>A candidate was chosen by a command: heard as soon as it can be.</summary>
    public void ReviseAtOnce()
    {
        var last = planner.BarCount - 1;
        if (moment.Phase == EnginePhase.Answering && last >= 0 && FirstFreeBar <= last)
            ReviseNextBar();
    }

    public void ChangeArm(bool isOn)
    {
        if (isOn)
        {
            if (moment.Transport.Playing && moment.IsListening && moment.Phase != EnginePhase.Capturing)
                moment.Phase = EnginePhase.Waiting;
            return;
        }
        if (moment.Phase == EnginePhase.Answering)
        {
            _schedule.WantEnd();
            return;
        }
        planner.Withdraw(moment.Transport.Epoch);
        moment.Phase = EnginePhase.Idle;
    }

    /// <summary>The answer is a clip elsewhere now: it is not played here as well.</summary>
    public void Mute()
    {
        planner.Answer.IsMuted = true;
        output.Mute();
        moment.ChangeContent();
    }

    public void Unmute()
    {
        if (!planner.Answer.IsMuted)
            return;
        planner.Answer.IsMuted = false;
        if (moment.Transport.Playing && moment.Phase is EnginePhase.Idle or EnginePhase.Waiting)
            output.Resume();
        moment.ChangeContent();
    }

    public void Clear()
    {
        editor.RememberNow();
        editor.PushStep();
        End();
        editor.Begin();
        planner.Answer.Clear();
        planner.Forget();
        moment.ChangeContent();
    }

    /// <summary>Whatever was going on is over, at once.</summary>
    public void End()
    {
        if (moment.Phase == EnginePhase.Answering)
            editor.RememberNow();
        planner.Withdraw(moment.Transport.Epoch);
        output.Stop();
        moment.Rest();
        output.Silence();
    }

    public void ListenAgain()
    {
        if (!moment.Transport.Playing)
            return;
        moment.Rest();
        output.Resume();
    }

    /// <param name="firstPpq">Where the first note began.</param>
    /// <param name="nowPpq">Where it was noticed: a sung note must have sounded for a moment.</param>
    private void BeginCapture(double firstPpq, double nowPpq)
    {
        output.TakeBack(moment.Transport.BarLineAtOrAfter(nowPpq));
        capture.Begin(firstPpq, nowPpq, moment.Transport, moment.Settings);
        moment.Phase = EnginePhase.Capturing;
    }

    private void EndCapture(double endPpq)
    {
        capture.FinishAudio(endPpq, moment.Transport.TempoBpm);
        var motif = capture.ToMotif(endPpq);
        if (AnswerFrame.Of(motif, AnswerMode.Continue) is not null)
        {
            editor.RememberNow();
            editor.PushStep();
        }
        if (!planner.Begin(moment.Transport.Epoch, motif, capture.OffsetPpq, moment.Candidate, moment.Settings, moment.Transport.Offline))
        {
            moment.Phase = EnginePhase.Waiting;
            return;
        }
        BeginAnswer(endPpq);
        _hearsOn = planner.Answer.Frame is { Part: not null };
        capture.BeginHearingOn();
    }

    private void BeginAnswer(double startPpq)
    {
        editor.Begin();
        _hearsOn = false;
        _schedule.Begin(startPpq);
        moment.Phase = EnginePhase.Answering;
        moment.ChangeContent();
    }

    /// <summary>At the start of the last planned bar: plans the one after it, or lets the answer end.</summary>
    private void DecideNextBar()
    {
        if (_schedule.IsOver)
        {
            EndAnswer();
            return;
        }
        var settings = moment.Settings;
        if (_schedule.EndIsWanted || (IsLongEnough(settings) && !settings.Freeze))
        {
            _schedule.EndAt(planner.PlannedUntilPpq);
            return;
        }
        var barStartPpq = planner.PlannedUntilPpq;
        HearOn(settings);
        planner.PlanNext(moment.Transport.Epoch, moment.Candidate, settings, moment.Transport.Offline);
        _schedule.PlanBar(barStartPpq, moment.Transport.Meter);
        moment.ChangeContent();
    }

    /// <summary>A moment before the next bar: what was changed since it was planned changes it now.</summary>
    private void ReviseNextBar()
    {
        _schedule.Revised();
        var settings = moment.Settings;
        var hasHeardMore = HearOn(settings);
        if (planner.ReviseLast(moment.Transport.Epoch, moment.Candidate, settings, moment.Transport.Offline, hasHeardMore))
            moment.ChangeContent();
    }

    /// <summary>An accompaniment takes in what was played since its last bar was decided.</summary>
    /// <returns>True where there was something new.</returns>
    private bool HearOn(in MusicSettings settings)
    {
        if (!_hearsOn || capture.TakeHeard(planner.Answer.StartPpq + planner.OffsetPpq, moment.NowPpq, moment.Transport.Meter) is not { } heard)
            return false;
        planner.HearOn(heard, moment.NowPpq, moment.Candidate, settings);
        return true;
    }

    private bool IsLongEnough(in MusicSettings settings) =>
        settings.AnswerBarsFor(planner.Motif?.Bars ?? 1) is { } bars && planner.BarCount >= bars;

    private void EndAnswer()
    {
        var listensAgain = moment.IsListening && !_schedule.EndIsWanted && moment.Settings.Mode == AnswerMode.CallAndResponse;
        moment.Phase = listensAgain ? EnginePhase.Waiting : EnginePhase.Idle;
        editor.RememberNow();
        moment.ChangeContent();
        // From its end on the answer is a clip: a loop that comes back to it plays it again.
        output.Start(_schedule.EndPpq - moment.Transport.PassOffsetPpq);
    }
}
