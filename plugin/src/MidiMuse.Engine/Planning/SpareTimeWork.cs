using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// What nobody waits for at a bar line: bars that the player wants made anew, candidates, and bars that are not needed yet.
/// [engine]
/// </summary>
public sealed class SpareTimeWork(EngineMoment moment, AnswerPlanner planner, BarComposer composer, AnswerEditor editor, MotifCycle cycle, AnswerOutput output, IPlanClock clock)
{
    private (long, EnginePhase, int, int, MusicSettings) _nothingLeft;

    /// <summary>One bar a call: first what the player asked for, then bars that are not needed yet. Offline nobody waits for these.</summary>
    /// <returns>True where there may be more to do.</returns>
    public bool Work()
    {
        if (planner.Motif is null || moment.Phase == EnginePhase.Capturing || moment.IsRendering)
            return false;
        return editor.HasWork || editor.WantedCandidate is not null ? MakeWhatIsAsked() : MakeAhead();
    }

    /// <summary>Makes everything that was asked for, now: offline, where a render must not depend on how long it takes.</summary>
    public void Finish()
    {
        while (editor.HasWork && editor.TryMakeNext(moment.Settings.ForBars(), clock.MustGiveUp))
            moment.ChangeContent();
        TryFinishCandidate(clock.MustGiveUp);
        Deliver();
    }

    /// <summary>What was changed is sent where it has not been played yet.</summary>
    public void Deliver()
    {
        var changed = editor.TakeChanged();
        if (changed.Length == 0)
            return;
        moment.ChangeContent();
        if (changed[0] < 0 && moment.Phase == EnginePhase.Answering)
            cycle.End();
        if (!moment.Transport.Playing || moment.Phase == EnginePhase.Capturing || moment.IsBypassed)
            return;
        if (moment.Phase != EnginePhase.Answering)
        {
            output.Replace();
            return;
        }
        var free = cycle.FirstFreeBar;
        foreach (var bar in changed.Where(bar => bar >= free && bar < planner.BarCount))
            planner.Resend(moment.Transport.Epoch, bar, moment.Transport.Offline);
    }

    /// <summary>
    /// While an answer is made, its next bar is the other candidate's; a finished answer is replaced as a whole, from
    /// the next bar line on.
    /// </summary>
    /// <param name="before">The candidate that was chosen before.</param>
    public void TakeCandidate(int before)
    {
        moment.Change();
        if (moment.Phase == EnginePhase.Answering || planner.BarCount == 0 || !composer.HasModel)
            return;
        editor.PushStep(before);
        editor.WantedCandidate = moment.Candidate;
        if (moment.IsRendering)
            Finish();
    }

    private bool MakeWhatIsAsked()
    {
        var hasMade = editor.HasWork ? editor.TryMakeNext(moment.Settings.ForBars(), IsWantedElsewhere) : TryFinishCandidate(IsWantedElsewhere);
        moment.Change();
        Deliver();
        return hasMade;
    }

    private bool MakeAhead()
    {
        var settings = moment.Settings;
        var work = (moment.ContentVersion, moment.Phase, moment.Candidate, Candidates: moment.Parameters.Index(ParameterId.Candidates), settings);
        if (!composer.HasModel || work == _nothingLeft || !cycle.CanMakeAhead(settings))
            return false;
        if (planner.Lines.TryMakeAhead(moment.Candidate, work.Candidates, cycle.BarsWanted(settings), settings.ForBars(), IsWantedElsewhere))
        {
            moment.Change();
            return true;
        }
        if (!IsWantedElsewhere())
            _nothingLeft = work;
        return false;
    }

    private bool TryFinishCandidate(Func<bool> mustGiveUp)
    {
        if (editor.WantedCandidate is not { } candidate)
            return false;
        if (!editor.TryTakeCandidate(candidate, cycle.FirstFreeBar, moment.Settings.ForBars(), mustGiveUp))
            return false;
        editor.WantedCandidate = null;
        editor.RememberNow();
        moment.ChangeContent();
        return true;
    }

    /// <summary>There is news, or the answer's next bar is due.</summary>
    private bool IsWantedElsewhere() =>
        clock.HasNews() || (moment.Phase == EnginePhase.Answering && clock.HasPassed(moment.Transport.Epoch, cycle.NextDecisionPpq));
}
