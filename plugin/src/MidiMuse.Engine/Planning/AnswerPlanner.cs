using System.Collections.Immutable;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Link;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// Decides the bars of an answer while it plays, one after the other, and sends them. In real time a bar made
/// without the model is in the schedule before the model starts on it. [engine]
/// </summary>
public sealed class AnswerPlanner
{
    private readonly ICommandSink _sink;
    private readonly IPlanClock _clock;
    private readonly BarComposer _composer;
    private readonly List<SentBar> _sent = [];
    private Speculation? _speculation;
    private (uint Epoch, double UntilPpq) _sentUntil = (0, double.NegativeInfinity);
    private double _offsetPpq;
    private int _frozenLoopBars;

    public AnswerPlanner(BarComposer composer, CurrentAnswer answer, ICommandSink sink, IPlanClock clock)
    {
        _composer = composer;
        _sink = sink;
        _clock = clock;
        Answer = answer;
        Lines = new AnswerLines(composer, answer);
    }

    public CurrentAnswer Answer { get; }

    public AnswerLines Lines { get; }

    /// <summary>The motif that is answered, in project ppq.</summary>
    public Motif? Motif => Answer.Frame?.Motif;

    /// <summary>The answer so far, in project ppq; replaced as a whole, never changed in place.</summary>
    public ImmutableArray<AnswerBar> Bars => Answer.ToImmutable();

    public int BarCount => Answer.Count;

    /// <summary>What a note of the last bar took the model.</summary>
    public double NoteMilliseconds => _composer.NoteMilliseconds;

    public uint PlanId { get; private set; }

    /// <summary>Timeline minus project position of the answer that is planned.</summary>
    public double OffsetPpq => _offsetPpq;

    /// <summary>Timeline position up to which bars have been planned.</summary>
    public double PlannedUntilPpq => Answer.Count == 0 ? double.NegativeInfinity : Answer.EndPpq + _offsetPpq;

    /// <summary>Timeline position of an epoch up to which bars were sent, whatever became of the answer since.</summary>
    public double SentUntilPpq(uint epoch) => _sentUntil.Epoch == epoch ? _sentUntil.UntilPpq : double.NegativeInfinity;

    public uint NextPlanId() => ++PlanId;

    /// <summary>Lets the model hear what has been played so far, so that little is left to do at the bar line.</summary>
    public void Prefill(Motif soFar, in MusicSettings settings) => _composer.Prefill(soFar, settings, _clock.MustGiveUp);

    /// <summary>True where the first bar has been planned from just this much of the motif.</summary>
    public bool HasSpeculated(int motifVersion, int candidate, in MusicSettings settings, bool withModel) =>
        _speculation is { } last && last.MotifVersion == motifVersion && last.Candidate == candidate && last.Settings == settings.ForBars() && last.WithModel == withModel;

    /// <summary>
    /// Real time only: plans the first bar from what has been played although the motif is not over, first without,
    /// then, where <paramref name="withModel"/>, with the model. What is in place at the bar line sounds.
    /// </summary>
    public void Speculate(uint epoch, int motifVersion, Motif motifInTimeline, double offsetPpq, int candidate, in MusicSettings settings, bool withModel)
    {
        if (AnswerFrame.Of(motifInTimeline.MovedBy(-offsetPpq), settings.Mode) is not { } frame)
            return;
        _offsetPpq = offsetPpq;
        var plan = new BarPlan
        {
            Frame = frame,
            Settings = settings.ForBars(),
            StartPpq = frame.Motif.EndPpq,
            EndPpq = frame.Motif.EndPpq + frame.Meter.BarPpq,
            BarIndex = 0,
            Draw = AnswerLines.DrawOf(candidate, take: 0),
            Bars = [],
        };
        var fallback = _composer.Fallback(plan);
        Send(epoch, fallback, isProvisional: true, offline: false);
        var composed = withModel ? _composer.TryCompose(plan, IsTooLateFor(epoch, plan.StartPpq + offsetPpq)) : null;
        if (composed is not null)
            Send(epoch, composed, isProvisional: true, offline: false);
        _speculation = new Speculation(motifVersion, candidate, settings.ForBars(), withModel, new SentBar(PlanId, composed ?? fallback, fallback));
    }

    /// <summary>Drops what was planned ahead of the motif's end.</summary>
    public void Withdraw(uint epoch)
    {
        if (_speculation is null)
            return;
        _speculation = null;
        _sink.SendCancel(epoch, NextPlanId());
    }

    /// <summary>The motif is complete: a new answer begins at its end. Plans the first bar.</summary>
    /// <param name="motifInTimeline">Timeline ppq.</param>
    /// <param name="offsetPpq">Timeline minus project position where the capture began.</param>
    /// <param name="offline">The first bar is made now, from the whole motif, however long that takes.</param>
    public bool Begin(uint epoch, Motif motifInTimeline, double offsetPpq, int candidate, in MusicSettings settings, bool offline)
    {
        if (AnswerFrame.Of(motifInTimeline.MovedBy(-offsetPpq), settings.Mode) is not { } frame)
            return false;
        var heard = _speculation;
        _speculation = null;
        _sent.Clear();
        _frozenLoopBars = 0;
        _offsetPpq = offsetPpq;
        Answer.Begin(frame);
        Lines.Clear();
        if (heard is { } planned && planned.Candidate == candidate && !offline)
            Append(planned.Bar, candidate, settings.ForBars());
        else
            PlanNext(epoch, candidate, settings, offline);
        return true;
    }

    /// <summary>An accompaniment goes by everything that was played up to now.</summary>
    /// <param name="motifInTimeline">Timeline ppq; its notes go on after its end.</param>
    public void HearOn(Motif motifInTimeline, double heardUntilPpq, int candidate, in MusicSettings settings)
    {
        if (Answer.Frame is not { Part: not null } frame)
            return;
        Answer.Reframe(frame.HearOn(motifInTimeline.MovedBy(-_offsetPpq), heardUntilPpq - _offsetPpq));
        Lines.FollowHeard(candidate, settings.ForBars());
    }

    /// <summary>Plans the bar after the last one and sends it.</summary>
    public void PlanNext(uint epoch, int candidate, in MusicSettings settings, bool offline)
    {
        ReplaceRefusedBars(candidate);
        if (settings.Freeze && Answer.Count > 0)
        {
            Append(SendRepetition(epoch, offline), candidate, settings.ForBars());
            return;
        }
        _frozenLoopBars = 0;
        var made = settings.ForBars();
        Append(PlanBar(epoch, Answer.Count, candidate, made, offline), candidate, made);
    }

    /// <summary>
    /// Plans the last bar again where it was planned with other settings, for another candidate or from less of the part
    /// that is accompanied: it has not begun.
    /// </summary>
    /// <returns>True where the bar is another one now.</returns>
    public bool ReviseLast(uint epoch, int candidate, in MusicSettings settings, bool offline, bool hasHeardMore = false)
    {
        var index = Answer.Count - 1;
        if (index < 0 || _sent.Count == 0 || settings.Freeze || Answer.Bars[index].Origin == BarOrigin.Repeated)
            return false;
        var made = settings.ForBars();
        if (_sent[^1].Candidate == candidate && Answer.SettingsOf(index, made) == made && !hasHeardMore)
            return false;
        Answer.TrimTo(index);
        if (hasHeardMore)
            Lines.FollowHeard(candidate, made);
        var last = _sent[^1];
        _sent.RemoveAt(_sent.Count - 1);
        var revised = Revise(epoch, index, candidate, made, offline);
        Append(revised ?? last, candidate, made);
        return revised is not null;
    }

    /// <summary>
    /// The meter changed at a timeline position: what was planned there is cut into a bar of the new length, and
    /// bars that follow are planned anew.
    /// </summary>
    public void Regrid(uint epoch, double barLinePpq, Meter meter, int candidate, in MusicSettings settings)
    {
        ReplaceRefusedBars(candidate);
        var cutPpq = barLinePpq - _offsetPpq;
        var newEndPpq = cutPpq + meter.BarPpq;
        var oldEndPpq = Answer.Count == 0 ? cutPpq : Answer.EndPpq;
        // A bar that begins after the change was decided at it, which only happens where a block goes over it.
        var kept = Answer.Bars.Where(bar => bar.StartPpq <= cutPpq + TransportSnapshot.ResolutionPpq).ToArray();
        var keptEndPpq = kept.Length == 0 ? cutPpq : Math.Min(kept[^1].EndPpq, newEndPpq);
        var planned = kept.SelectMany(bar => bar.Notes)
            .Where(note => note.OnsetPpq >= cutPpq - TransportSnapshot.ResolutionPpq && note.OnsetPpq < newEndPpq - TransportSnapshot.ResolutionPpq)
            .ToImmutableArray();
        var count = Answer.Count;
        while (count > 0 && Answer.Bars[count - 1].StartPpq >= cutPpq - TransportSnapshot.ResolutionPpq)
            count--;
        Answer.TrimTo(count);
        if (count > 0 && Answer.Bars[count - 1] is { } cut && cut.EndPpq > cutPpq)
            Answer.Replace(count - 1, cut with { EndPpq = cutPpq, Notes = [.. cut.Notes.Where(note => note.OnsetPpq < cutPpq)] });
        _sent.Clear();
        Answer.Add(new AnswerBar(cutPpq, newEndPpq, BarOrigin.Repeated, 0, planned), settings.ForBars());
        Answer.Reframe(Answer.Frame!.WithMeter(meter, cutPpq));
        Lines.FollowHeard(candidate, settings.ForBars());
        if (oldEndPpq > keptEndPpq)
            _sink.SendBar(epoch, NextPlanId(), keptEndPpq + _offsetPpq, oldEndPpq + _offsetPpq, [], isFallback: false, isProvisional: true, newEndPpq + _offsetPpq);
    }

    /// <summary>Sends a bar again that a command has changed; where it has begun, the scheduler refuses it.</summary>
    public void Resend(uint epoch, int index, bool offline)
    {
        Send(epoch, Answer.Bars[index], isProvisional: false, offline);
        var sent = index - (Answer.Count - _sent.Count);
        if (sent >= 0 && sent < _sent.Count)
            _sent[sent] = _sent[sent] with { PlanId = PlanId, Bar = Answer.Bars[index] };
    }

    /// <summary>Another answer than the one that was planned stands here now; project positions are the timeline's.</summary>
    public void Forget()
    {
        _sent.Clear();
        _speculation = null;
        _frozenLoopBars = 0;
        Lines.Clear();
    }

    private Func<bool> IsTooLateFor(uint epoch, double timelinePpq) => () => _clock.HasPassed(epoch, timelinePpq) || _clock.MustGiveUp();

    /// <summary>Makes one bar and sends it.</summary>
    private SentBar PlanBar(uint epoch, int index, int candidate, in MusicSettings settings, bool offline)
    {
        Lines.Branch(candidate, settings);
        var plan = Lines.PlanOf(candidate, index, settings);
        var fallback = _composer.Fallback(plan);
        if (Lines.TryGet(candidate, index, settings, static () => true) is { } ready)
        {
            Send(epoch, ready, isProvisional: false, offline);
            return new SentBar(PlanId, ready, fallback) { Candidate = candidate };
        }
        if (!offline || !_composer.HasModel)
            Send(epoch, fallback, isProvisional: _composer.HasModel, offline);
        var isTooLate = offline ? (Func<bool>)_clock.MustGiveUp : IsTooLateFor(epoch, plan.StartPpq + _offsetPpq);
        if (Lines.TryGet(candidate, index, settings, isTooLate) is { } composed)
        {
            Send(epoch, composed, isProvisional: false, offline);
            return new SentBar(PlanId, composed, fallback) { Candidate = candidate };
        }
        if (offline && _composer.HasModel)
            Send(epoch, fallback, isProvisional: false, offline);
        return new SentBar(PlanId, fallback, fallback) { Candidate = candidate };
    }

    /// <summary>The bar in the schedule stays until the new one is complete.</summary>
    private SentBar? Revise(uint epoch, int index, int candidate, in MusicSettings settings, bool offline)
    {
        Lines.Branch(candidate, settings);
        var plan = Lines.PlanOf(candidate, index, settings);
        var isTooLate = offline ? (Func<bool>)_clock.MustGiveUp : IsTooLateFor(epoch, plan.StartPpq + _offsetPpq);
        var fallback = _composer.Fallback(plan);
        var bar = Lines.TryGet(candidate, index, settings, isTooLate) ?? (_composer.HasModel ? null : fallback);
        if (bar is null)
            return null;
        Send(epoch, bar, isProvisional: false, offline);
        return new SentBar(PlanId, bar, fallback) { Candidate = candidate };
    }

    /// <param name="offline">A command before the bar may still change it, however far the model is ahead: the horizon is its beginning.</param>
    private void Send(uint epoch, AnswerBar bar, bool isProvisional, bool offline)
    {
        var (startPpq, endPpq) = (bar.StartPpq + _offsetPpq, bar.EndPpq + _offsetPpq);
        _sentUntil = (epoch, Math.Max(SentUntilPpq(epoch), endPpq));
        _sink.SendBar(epoch, NextPlanId(), startPpq, endPpq, bar.NotesAt(_offsetPpq), bar.Origin == BarOrigin.Fallback, isProvisional, offline ? startPpq : endPpq);
    }

    private SentBar SendRepetition(uint epoch, bool offline)
    {
        if (_frozenLoopBars == 0)
            _frozenLoopBars = Math.Min(Answer.Count, Motif?.Bars ?? 1);
        var source = Answer.Bars[^_frozenLoopBars];
        var shiftPpq = Answer.EndPpq - source.StartPpq;
        var bar = new AnswerBar(source.StartPpq + shiftPpq, source.EndPpq + shiftPpq, BarOrigin.Repeated, 0, [.. source.NotesAt(shiftPpq)]);
        Send(epoch, bar, isProvisional: false, offline);
        return new SentBar(PlanId, bar, bar);
    }

    private void Append(SentBar sent, int candidate, in MusicSettings settings)
    {
        Answer.Add(sent.Bar, settings);
        _sent.Add(sent with { Candidate = candidate });
        Lines.Heard(candidate, Answer.Count - 1, sent.Bar, settings);
    }

    /// <summary>Where the scheduler refused a late bar, what stood there before is what was heard and what the model must remember.</summary>
    private void ReplaceRefusedBars(int candidate)
    {
        for (var i = Math.Max(0, _sent.Count - 3); i < _sent.Count; i++)
        {
            var sent = _sent[i];
            if (ReferenceEquals(sent.Bar, sent.Fallback) || sent.Bar.Origin != BarOrigin.Model || !_sink.WasRefused(sent.PlanId))
                continue;
            var index = Answer.Count - _sent.Count + i;
            var heard = sent.Fallback with { StartPpq = Answer.Bars[index].StartPpq, EndPpq = Answer.Bars[index].EndPpq };
            Answer.Replace(index, heard);
            Lines.Find(candidate)?.Replace(index, heard, Answer.SettingsOf(index, default), Answer.Count);
            _sent[i] = sent with { Bar = heard, Fallback = heard };
        }
    }

    /// <summary>A bar as it was sent, with what sounds instead where the scheduler refuses it.</summary>
    private readonly record struct SentBar(uint PlanId, AnswerBar Bar, AnswerBar Fallback)
    {
        public int Candidate { get; init; }
    }

    private sealed record Speculation(int MotifVersion, int Candidate, MusicSettings Settings, bool WithModel, SentBar Bar);
}
