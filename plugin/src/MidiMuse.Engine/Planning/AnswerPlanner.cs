using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Link;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// Makes the bars of one answer, one after the other, and sends them. In real time a bar made without the model is
/// in the schedule before the model starts on it. [engine]
/// </summary>
public sealed class AnswerPlanner
{
    private readonly IContinuationModel? _model;
    private readonly ICommandSink _sink;
    private readonly IPlanClock _clock;
    private readonly List<AnswerBar> _bars = [];
    private readonly List<SentBar> _sent = [];
    private readonly List<GridNote> _phrase = [];
    private readonly List<GridNote> _draft = [];
    private GridNote[] _motifGrid = [];
    private Speculation? _speculation;
    private Meter _meter = Meter.CommonTime;
    private MotifCharacter _character = new(Role.Melody, null, NoteConstraints.None);
    private byte _channel;
    private long _motifTicks = 1;
    private double _phraseStartPpq;
    private double _offsetPpq;
    private int _frozenLoopBars;

    public AnswerPlanner(IContinuationModel? model, ICommandSink sink, IPlanClock clock)
    {
        _model = model;
        _sink = sink;
        _clock = clock;
    }

    /// <summary>The motif that is answered, in project ppq.</summary>
    public Motif? Motif { get; private set; }

    /// <summary>The answer so far, in project ppq; replaced as a whole, never changed in place.</summary>
    public ImmutableArray<AnswerBar> Bars => [.. _bars];

    public int BarCount => _bars.Count;

    public uint PlanId { get; private set; }

    /// <summary>Timeline position up to which bars have been planned.</summary>
    public double PlannedUntilPpq => _bars.Count == 0 ? double.NegativeInfinity : _bars[^1].EndPpq + _offsetPpq;

    public uint NextPlanId() => ++PlanId;

    /// <summary>Lets the model hear what has been played so far, so that little is left to do at the bar line.</summary>
    public void Prefill(Motif soFar, in MusicSettings settings)
    {
        if (_model is not { Fault: null })
            return;
        var grid = soFar.ToGrid();
        if (grid.Length > 0)
            _model.Hear(ContextOf(soFar, MotifCharacter.Of(soFar, grid, settings)), grid);
    }

    /// <summary>True where the first bar has been planned from just this much of the motif.</summary>
    public bool HasSpeculated(int motifVersion, in MusicSettings settings, bool withModel) =>
        _speculation is { } last && last.MotifVersion == motifVersion && last.Settings == settings && last.WithModel == withModel;

    /// <summary>
    /// Real time only: plans the first bar from what has been played although the motif is not over, first without,
    /// then, where <paramref name="withModel"/>, with the model. What is in place at the bar line sounds.
    /// </summary>
    public void Speculate(uint epoch, int motifVersion, Motif motifInTimeline, double offsetPpq, in MusicSettings settings, bool withModel)
    {
        var grid = motifInTimeline.ToGrid();
        if (grid.Length == 0)
            return;
        Adopt(motifInTimeline, grid, settings, offsetPpq);
        var startPpq = motifInTimeline.EndPpq;
        var bar = PlanBar(epoch, startPpq, startPpq + _meter.BarPpq, 0, settings, withModel, isProvisional: true, waitForever: false);
        _speculation = new Speculation(motifVersion, settings, withModel, bar);
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
    public bool Begin(uint epoch, Motif motifInTimeline, double offsetPpq, in MusicSettings settings, bool offline)
    {
        var grid = motifInTimeline.ToGrid();
        if (grid.Length == 0)
            return false;
        var heard = _speculation;
        _speculation = null;
        _bars.Clear();
        _sent.Clear();
        _frozenLoopBars = 0;
        Adopt(motifInTimeline, grid, settings, offsetPpq);
        Motif = ToProject(motifInTimeline, offsetPpq);
        if (heard is { } planned && !offline)
            Append(planned.Bar);
        else
            PlanNext(epoch, settings, offline);
        return true;
    }

    /// <summary>Plans the bar after the last one and sends it.</summary>
    public void PlanNext(uint epoch, in MusicSettings settings, bool offline)
    {
        ReplaceRefusedBars();
        var startPpq = _bars.Count == 0 ? Motif!.EndPpq + _offsetPpq : PlannedUntilPpq;
        var endPpq = startPpq + _meter.BarPpq;
        if (settings.Freeze && _bars.Count > 0)
        {
            Append(SendRepetition(epoch, startPpq));
            return;
        }
        _frozenLoopBars = 0;
        Append(PlanBar(epoch, startPpq, endPpq, _bars.Count, settings, withModel: true, isProvisional: false, waitForever: offline));
    }

    /// <summary>
    /// The meter changed at a timeline position: what was planned there is cut into a bar of the new length, and
    /// bars that follow are planned anew.
    /// </summary>
    public void Regrid(uint epoch, double barLinePpq, Meter meter)
    {
        ReplaceRefusedBars();
        var cutPpq = barLinePpq - _offsetPpq;
        var newEndPpq = cutPpq + meter.BarPpq;
        var oldEndPpq = _bars.Count == 0 ? cutPpq : _bars[^1].EndPpq;
        // A bar that begins after the change was decided at it, which only happens where a block goes over it.
        var kept = _bars.Where(bar => bar.StartPpq <= cutPpq + TransportSnapshot.ResolutionPpq).ToArray();
        var keptEndPpq = kept.Length == 0 ? cutPpq : Math.Min(kept[^1].EndPpq, newEndPpq);
        var planned = kept.SelectMany(bar => bar.Notes)
            .Where(note => note.OnsetPpq >= cutPpq - TransportSnapshot.ResolutionPpq && note.OnsetPpq < newEndPpq - TransportSnapshot.ResolutionPpq)
            .ToImmutableArray();
        while (_bars.Count > 0 && _bars[^1].StartPpq >= cutPpq - TransportSnapshot.ResolutionPpq)
            _bars.RemoveAt(_bars.Count - 1);
        if (_bars.Count > 0 && _bars[^1].EndPpq > cutPpq)
            _bars[^1] = _bars[^1] with { EndPpq = cutPpq, Notes = [.. _bars[^1].Notes.Where(note => note.OnsetPpq < cutPpq)] };
        _sent.Clear();
        _bars.Add(new AnswerBar(cutPpq, newEndPpq, BarOrigin.Repeated, 0, planned));
        _meter = meter;
        Rephrase(cutPpq, newEndPpq);
        if (oldEndPpq > keptEndPpq)
            _sink.SendBar(epoch, NextPlanId(), keptEndPpq + _offsetPpq, oldEndPpq + _offsetPpq, [], isFallback: false, isProvisional: true, newEndPpq + _offsetPpq);
    }

    /// <summary>Puts back a motif and an answer that were saved. Project ppq.</summary>
    public void Restore(Motif? motif, IEnumerable<AnswerBar> bars)
    {
        Motif = motif;
        _bars.Clear();
        _bars.AddRange(bars);
        _sent.Clear();
        _speculation = null;
    }

    public void Clear() => Restore(null, []);

    private static Motif ToProject(Motif motif, double offsetPpq) => motif with
    {
        StartPpq = motif.StartPpq - offsetPpq,
        EndPpq = motif.EndPpq - offsetPpq,
        Notes = [.. motif.Notes.Select(note => note with { OnsetPpq = note.OnsetPpq - offsetPpq, EndPpq = note.EndPpq - offsetPpq })],
    };

    private static PhraseContext ContextOf(Motif motif, MotifCharacter character) => new(motif.Meter, character.Role, character.Key);

    private void Adopt(Motif motifInTimeline, GridNote[] grid, in MusicSettings settings, double offsetPpq)
    {
        _motifGrid = grid;
        _motifTicks = Math.Max(1, GridTime.ToTick(motifInTimeline.EndPpq - motifInTimeline.StartPpq));
        _channel = motifInTimeline.Channel;
        _meter = motifInTimeline.Meter;
        _character = MotifCharacter.Of(motifInTimeline, grid, settings);
        _phraseStartPpq = motifInTimeline.StartPpq;
        _offsetPpq = offsetPpq;
        _phrase.Clear();
        _phrase.AddRange(grid);
    }

    /// <summary>Makes one bar at a timeline position and sends it; the returned bar is in project ppq.</summary>
    private SentBar PlanBar(uint epoch, double startPpq, double endPpq, int barIndex, in MusicSettings settings, bool withModel, bool isProvisional, bool waitForever)
    {
        var startTick = GridTime.ToTick(startPpq - _phraseStartPpq);
        var endTick = GridTime.ToTick(endPpq - _phraseStartPpq);
        var fallback = MakeFallback(startPpq, endPpq, startTick, endTick);
        var useModel = withModel && _model is { Fault: null };
        if (!useModel || !waitForever)
            Send(epoch, fallback, isProvisional || useModel);
        if (!useModel || TryCompose(epoch, startPpq, endPpq, startTick, endTick, barIndex, settings, waitForever) is not { } composed)
        {
            if (useModel && waitForever)
                Send(epoch, fallback, isProvisional);
            return new SentBar(PlanId, fallback, fallback);
        }
        Send(epoch, composed, isProvisional);
        return new SentBar(PlanId, composed, fallback);
    }

    private AnswerBar MakeFallback(double startPpq, double endPpq, long startTick, long endTick)
    {
        MotifVariation.Fill(_motifGrid, _motifTicks, startTick, endTick, _character.Constraints.Pitches, _character.Role != Role.Drums, _draft);
        return ToBar(startPpq, endPpq, BarOrigin.Fallback, 0);
    }

    private AnswerBar? TryCompose(uint epoch, double startPpq, double endPpq, long startTick, long endTick, int barIndex, in MusicSettings settings, bool waitForever)
    {
        _model!.Hear(new PhraseContext(_meter, _character.Role, _character.Key), CollectionsMarshal.AsSpan(_phrase));
        var order = new BarOrder
        {
            StartTick = startTick,
            EndTick = endTick,
            BarIndex = barIndex,
            Seed = settings.Seed,
            Temperature = settings.Temperature,
            TopP = settings.TopP,
            Constraints = ConstraintsOf(barIndex, settings),
        };
        Func<bool> isTooLate = waitForever ? static () => false : () => _clock.HasPassed(epoch, startPpq);
        return _model.ComposeBar(order, _draft, isTooLate, out var logLikelihood) == ComposeOutcome.Complete
            ? ToBar(startPpq, endPpq, BarOrigin.Model, logLikelihood)
            : null;
    }

    /// <summary>Notes may be held into the next bar, but an answer is over at the end of its last one: the next call may begin there.</summary>
    private NoteConstraints ConstraintsOf(int barIndex, in MusicSettings settings)
    {
        var motifBars = (int)Math.Max(1, _motifTicks / _meter.BarTicks);
        return barIndex + 1 == settings.AnswerBarsFor(motifBars) ? _character.Constraints with { MaxRingOverTicks = 0 } : _character.Constraints;
    }

    private AnswerBar ToBar(double startPpq, double endPpq, BarOrigin origin, double logLikelihood)
    {
        var notes = ImmutableArray.CreateBuilder<TimelineNote>(_draft.Count);
        foreach (var note in _draft)
            notes.Add(PhraseGrid.ToTimeline(note, _phraseStartPpq - _offsetPpq, _channel));
        return new AnswerBar(startPpq - _offsetPpq, endPpq - _offsetPpq, origin, logLikelihood, notes.DrainToImmutable());
    }

    private void Send(uint epoch, AnswerBar bar, bool isProvisional)
    {
        var endPpq = bar.EndPpq + _offsetPpq;
        _sink.SendBar(epoch, NextPlanId(), bar.StartPpq + _offsetPpq, endPpq, bar.NotesAt(_offsetPpq), bar.Origin == BarOrigin.Fallback, isProvisional, endPpq);
    }

    private SentBar SendRepetition(uint epoch, double startPpq)
    {
        if (_frozenLoopBars == 0)
            _frozenLoopBars = Math.Min(_bars.Count, Motif?.Bars ?? 1);
        var source = _bars[^_frozenLoopBars];
        var shiftPpq = startPpq - _offsetPpq - source.StartPpq;
        var bar = new AnswerBar(source.StartPpq + shiftPpq, source.EndPpq + shiftPpq, BarOrigin.Repeated, 0, [.. source.NotesAt(shiftPpq)]);
        Send(epoch, bar, isProvisional: false);
        return new SentBar(PlanId, bar, bar);
    }

    private void Append(SentBar sent)
    {
        _bars.Add(sent.Bar);
        _sent.Add(sent);
        AppendToPhrase(sent.Bar);
    }

    private void AppendToPhrase(AnswerBar bar)
    {
        foreach (var note in bar.Notes)
        {
            var onset = GridTime.ToTick(note.OnsetPpq + _offsetPpq - _phraseStartPpq);
            var end = GridTime.ToTick(note.EndPpq + _offsetPpq - _phraseStartPpq);
            if (onset >= 0)
                _phrase.Add(new GridNote(onset, (int)Math.Max(1, end - onset), note.Pitch, note.Velocity));
        }
    }

    /// <summary>Where the scheduler refused a late bar, the fallback is what was heard and what the model must remember.</summary>
    private void ReplaceRefusedBars()
    {
        var changed = false;
        for (var i = Math.Max(0, _sent.Count - 3); i < _sent.Count; i++)
        {
            var sent = _sent[i];
            if (ReferenceEquals(sent.Bar, sent.Fallback) || sent.Bar.Origin != BarOrigin.Model || !_sink.WasRefused(sent.PlanId))
                continue;
            var index = _bars.Count - _sent.Count + i;
            _bars[index] = sent.Fallback with { StartPpq = _bars[index].StartPpq, EndPpq = _bars[index].EndPpq };
            _sent[i] = sent with { Bar = _bars[index], Fallback = _bars[index] };
            changed = true;
        }
        if (changed)
            RebuildPhrase(0);
    }

    /// <summary>After a change of meter the phrase begins a few new bars earlier, so that bar lines are where they are now.</summary>
    private void Rephrase(double cutPpq, double endPpq)
    {
        const int RememberedBars = 4;
        var startPpq = cutPpq - (RememberedBars * _meter.BarPpq);
        _phraseStartPpq = startPpq + _offsetPpq;
        _motifTicks = Math.Max(1, (_motifTicks + (_meter.BarTicks / 2)) / _meter.BarTicks) * _meter.BarTicks;
        RebuildPhrase(endPpq);
    }

    private void RebuildPhrase(double endPpq)
    {
        var startPpq = _phraseStartPpq - _offsetPpq;
        var lastPpq = Math.Max(endPpq, _bars.Count == 0 ? startPpq : _bars[^1].EndPpq);
        var heard = (Motif?.Notes ?? []).Concat(_bars.SelectMany(bar => bar.Notes)).ToArray();
        _phrase.Clear();
        _phrase.AddRange(PhraseGrid.Quantise(heard, startPpq, lastPpq));
    }

    /// <summary>A bar as it was sent, with what sounds instead where the scheduler refuses it.</summary>
    private readonly record struct SentBar(uint PlanId, AnswerBar Bar, AnswerBar Fallback);

    private sealed record Speculation(int MotifVersion, MusicSettings Settings, bool WithModel, SentBar Bar);
}
