using MidiMuse.Engine.Link;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Answers;

/// <summary>
/// What the audio thread gets besides the bars that are being planned: a finished answer, which plays like a clip, how far it
/// may play, and the news that something is not to be played after all. [engine]
/// </summary>
public sealed class AnswerOutput(EngineMoment moment, AnswerPlanner planner, ICommandSink sink)
{
    private readonly RetainedPlayback _retained = new(sink);
    private readonly PlayableHorizon _horizon = new(sink);

    public void BeginEpoch()
    {
        _horizon.BeginEpoch();
        _retained.Stop();
    }

    /// <summary>The scheduler forgets horizons of another grid.</summary>
    public void ForgetHorizon() => _horizon.ForgetPublished();

    public void PublishHorizon(double ppq) => _horizon.Publish(moment.Transport.Epoch, planner.PlanId, ppq);

    public void Start(double fromProjectPpq)
    {
        if (!planner.Answer.IsMuted)
            _retained.Start(planner.Bars, moment.Transport, fromProjectPpq);
    }

    /// <summary>In the middle of the answer: at once, or offline from the next bar line on (see <see cref="Silence"/>).</summary>
    public void Resume() => Start((moment.IsRendering ? moment.NextBarLinePpq : moment.NowPpq) - moment.Transport.PassOffsetPpq);

    /// <summary>The finished answer has other bars now.</summary>
    public void Replace()
    {
        if (!planner.Answer.IsMuted)
            _retained.Replace(planner.Bars, moment.Transport, moment.NowPpq, planner.NextPlanId());
    }

    public void Stop() => _retained.Stop();

    /// <summary>A block may reach over a bar line: up to the next one, what follows changes nothing any more.</summary>
    public void PlayAsItWas()
    {
        if (moment.Phase is EnginePhase.Idle or EnginePhase.Waiting)
            _retained.Feed(moment.Transport, planner.PlanId, moment.NextBarLinePpq, _horizon.Ppq);
    }

    public void Play()
    {
        if (moment.Phase is not (EnginePhase.Idle or EnginePhase.Waiting))
            return;
        var nextBarPpq = moment.Transport.BarLineAtOrAfter(moment.Transport.BlockEndPpq);
        var finalPpq = PlayableHorizon.Final(nextBarPpq);
        _retained.Feed(moment.Transport, planner.PlanId, nextBarPpq + moment.Transport.Meter.BarPpq, finalPpq);
        _horizon.Reach(finalPpq);
    }

    /// <summary>From the next bar line on, a new capture silences the answer before it, kept or still planned.</summary>
    public void TakeBack(double fromPpq)
    {
        _retained.Stop();
        var sentUntilPpq = Math.Max(_retained.SentUntilPpq, planner.SentUntilPpq(moment.Transport.Epoch));
        if (sentUntilPpq > fromPpq)
            sink.SendBar(moment.Transport.Epoch, planner.NextPlanId(), fromPpq, sentUntilPpq, [], isFallback: false, isProvisional: false, _horizon.Ppq);
    }

    /// <summary>Takes back what has been sent: at once, or offline from the next bar line on, because how far the audio thread is in its bar is chance.</summary>
    public void Silence()
    {
        if (moment.IsRendering)
            TakeBack(moment.NextBarLinePpq);
        else
            sink.SendCancel(moment.Transport.Epoch, planner.NextPlanId());
    }

    /// <summary>The finished answer is not played any more.</summary>
    public void Mute()
    {
        if (_retained.SentUntilPpq > moment.NowPpq)
            Silence();
        _retained.Stop();
    }
}
