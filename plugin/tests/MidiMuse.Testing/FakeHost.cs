using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Testing;

/// <summary>A bar as the fake audio thread received it.</summary>
public sealed record ReceivedBar(uint PlanId, double StartPpq, double EndPpq, TimelineNote[] Notes, bool IsFallback, bool IsProvisional, bool WasRefused);

/// <summary>
/// A host with its audio thread, in one thread and in musical time: blocks are a number of quarters long, the engine
/// runs between them, and what is due in a block is heard. It follows the rules of midimuse_abi.h for late bars.
/// </summary>
public sealed class FakeHost : ICommandSink, IPlanClock
{
    private readonly List<TimelineNote> _pending = [];
    private readonly List<TimelineNote> _heard = [];
    private readonly List<ReceivedBar> _bars = [];
    private readonly List<(double Ppq, InputEvent Input)> _score = [];
    private float[] _song = [];
    private double _songRateHz = 48000;
    private readonly List<(uint, double)> _told = [];
    private uint _epoch;
    private uint _gridGeneration;
    private uint _refusedPlanId;
    private double _positionPpq;
    private double _gridAnchorPpq;
    private double _horizonPpq = double.NegativeInfinity;
    private bool _playing;

    public FakeHost(IContinuationModel? model)
    {
        Parameters = new ParameterValues();
        Loop = new EngineLoop(Parameters, Texts, model, this, this);
    }

    public ParameterValues Parameters { get; }

    public TextValues Texts { get; } = new();

    public EngineLoop Loop { get; }

    public Meter Meter { get; set; } = Meter.CommonTime;

    public bool Offline { get; set; } = true;

    /// <summary>Loop in project positions.</summary>
    public (double StartPpq, double EndPpq)? Cycle { get; set; }

    /// <summary>The engine runs only every so many blocks.</summary>
    public int EngineRunsEveryBlocks { get; set; } = 1;

    public IReadOnlyList<TimelineNote> Heard => _heard;

    public IReadOnlyList<ReceivedBar> Bars => _bars;

    public int FallbackBarsHeard { get; private set; }

    public int BlocksBeyondHorizon { get; private set; }

    public double PositionPpq => _positionPpq;

    /// <summary>Parameters that the engine has set on its own account.</summary>
    public IReadOnlyList<(uint Id, double Normalised)> Told => _told;

    public double PassOffsetPpq { get; private set; }

    public void Set(uint id, double plain) => Loop.SetParameter(id, ParameterTable.Find(id)!.ToNormalised(plain));

    /// <summary>Notes that will be played when the timeline gets there.</summary>
    public void Schedule(IEnumerable<TimelineNote> notes)
    {
        foreach (var note in notes)
        {
            _score.Add((note.OnsetPpq, new InputEvent { Kind = InputKind.NoteOn, Channel = note.Channel, Data1 = note.Pitch, Data2 = note.Velocity }));
            _score.Add((note.EndPpq, new InputEvent { Kind = InputKind.NoteOff, Channel = note.Channel, Data1 = note.Pitch }));
        }
        SortScore();
    }

    /// <summary>Audio for the input, from timeline position 0 on, at the fake host's 120 bpm. // samples [..] f32</summary>
    public void Sing(float[] samples, double sampleRateHz) => (_song, _songRateHz) = (samples, sampleRateHz);

    public void ScheduleParameter(double ppq, uint id, double plain)
    {
        _score.Add((ppq, new InputEvent { Kind = InputKind.Parameter, ParameterId = id, Value = ParameterTable.Find(id)!.ToNormalised(plain) }));
        SortScore();
    }

    public void ScheduleController(double ppq, byte channel, byte controller, double value)
    {
        _score.Add((ppq, new InputEvent { Kind = InputKind.Control, Channel = channel, Data1 = controller, Value = value }));
        SortScore();
    }

    /// <summary>A command at the present position, as a host's --do or the editor posts it; the engine runs until it has done it.</summary>
    public CommandReply Do(EngineCommand command)
    {
        var posted = new PostedCommand(command, _epoch, _positionPpq);
        Loop.Enqueue(InputEvent.Of(posted));
        Loop.Advance(Snapshot(_positionPpq, _playing));
        return posted.WaitForReply(TimeSpan.Zero);
    }

    /// <summary>The engine's spare time, until it has nothing left to do.</summary>
    public void WorkInSpareTime()
    {
        while (Loop.Advance(Snapshot(_positionPpq, _playing)))
        {
        }
    }

    /// <summary>Starts the transport at a project position.</summary>
    public void Start(double projectPpq = 0)
    {
        _epoch++;
        _playing = true;
        _pending.Clear();
        _positionPpq = projectPpq;
        PassOffsetPpq = 0;
        _gridAnchorPpq = 0;
        _horizonPpq = double.NegativeInfinity;
    }

    public void Stop()
    {
        _epoch++;
        _playing = false;
        _pending.Clear();
        Loop.Advance(Snapshot(_positionPpq, playing: false));
    }

    /// <summary>The signature changes at the present position, which becomes a bar line.</summary>
    public void ChangeMeter(Meter meter)
    {
        Meter = meter;
        _gridAnchorPpq = _positionPpq;
        _gridGeneration++;
    }

    /// <summary>Plays up to a timeline position in blocks of the given length.</summary>
    public void PlayTo(double untilPpq, Func<double> blockPpq)
    {
        var block = 0;
        while (_positionPpq < untilPpq - 1e-9)
        {
            var endPpq = Math.Min(_positionPpq + blockPpq(), untilPpq);
            if (Cycle is { } cycle && _positionPpq - PassOffsetPpq < cycle.EndPpq)
                endPpq = Math.Min(endPpq, cycle.EndPpq + PassOffsetPpq);
            PlayBlock(endPpq, runEngine: block++ % EngineRunsEveryBlocks == 0);
        }
    }

    public void PlayTo(double untilPpq, double blockPpq = 0.03) => PlayTo(untilPpq, () => blockPpq);

    /// <summary>Runs the engine as its thread does between two blocks: nothing has moved.</summary>
    public void AdvanceEngineOnly(int times)
    {
        var transport = Snapshot(_positionPpq, playing: true);
        for (var i = 0; i < times; i++)
            Loop.Advance(transport);
    }

    void ICommandSink.SendBar(uint epoch, uint planId, double startPpq, double endPpq, ReadOnlySpan<TimelineNote> notes, bool isFallback, bool isProvisional, double horizonPpq)
    {
        if (epoch != _epoch)
            return;
        var refused = startPpq < _positionPpq - TransportSnapshot.ResolutionPpq && _horizonPpq >= endPpq;
        _bars.Add(new ReceivedBar(planId, startPpq, endPpq, notes.ToArray(), isFallback, isProvisional, refused));
        if (refused)
        {
            _refusedPlanId = planId;
            return;
        }
        _pending.RemoveAll(note => note.OnsetPpq >= startPpq - 1e-9 && note.OnsetPpq < endPpq - 1e-9);
        foreach (var note in notes)
        {
            if (note.OnsetPpq >= _positionPpq - 1e-9)
                _pending.Add(note);
        }
        _horizonPpq = Math.Max(_horizonPpq, horizonPpq);
    }

    void ICommandSink.SendHorizon(uint epoch, uint planId, double horizonPpq)
    {
        if (epoch == _epoch)
            _horizonPpq = Math.Max(_horizonPpq, horizonPpq);
    }

    void ICommandSink.SendCancel(uint epoch, uint planId)
    {
        if (epoch == _epoch)
            _pending.Clear();
    }

    void ICommandSink.SendParameter(uint id, double normalised) => _told.Add((id, normalised));

    bool ICommandSink.WasRefused(uint planId) => planId == _refusedPlanId;

    bool IPlanClock.HasPassed(uint epoch, double timelinePpq) => epoch != _epoch || _positionPpq > timelinePpq + TransportSnapshot.ResolutionPpq;

    private void SortScore()
    {
        var sorted = _score.OrderBy(entry => entry.Ppq).ThenByDescending(entry => entry.Input.Kind).ToArray();
        _score.Clear();
        _score.AddRange(sorted);
    }

    private void PlayBlock(double endPpq, bool runEngine)
    {
        while (_score.Count > 0 && _score[0].Ppq < endPpq - 1e-9)
        {
            Loop.Enqueue(_score[0].Input with { TimelinePpq = Math.Max(_score[0].Ppq, _positionPpq), Epoch = _epoch });
            _score.RemoveAt(0);
        }
        PlaySong(endPpq);
        if (runEngine || (Offline && _horizonPpq < endPpq))
            Loop.Advance(Snapshot(endPpq, playing: true));
        if (Loop.Phase == EnginePhase.Answering && _horizonPpq < endPpq - 1e-6)
            BlocksBeyondHorizon++;
        Emit(endPpq);
        _positionPpq = endPpq;
        if (Cycle is { } cycle && Math.Abs(_positionPpq - PassOffsetPpq - cycle.EndPpq) < 1e-9)
            PassOffsetPpq += cycle.EndPpq - cycle.StartPpq;
    }

    private void PlaySong(double endPpq)
    {
        var ppqPerSample = 2 / _songRateHz;
        var first = (int)Math.Min(_song.Length, Math.Ceiling((_positionPpq / ppqPerSample) - 1e-6));
        var end = (int)Math.Min(_song.Length, Math.Ceiling((endPpq / ppqPerSample) - 1e-6));
        if (end > first)
            Loop.EnqueueAudio(_song.AsSpan(first, end - first), new AudioChunk(end - first, first * ppqPerSample, ppqPerSample, _songRateHz, _epoch));
    }

    private void Emit(double endPpq)
    {
        foreach (var note in _pending.Where(note => note.OnsetPpq < endPpq - 1e-9).OrderBy(note => note.OnsetPpq).ThenBy(note => note.Pitch))
            _heard.Add(note);
        _pending.RemoveAll(note => note.OnsetPpq < endPpq - 1e-9);
        FallbackBarsHeard = _bars
            .Where(bar => bar.StartPpq < endPpq - 1e-9 && !bar.WasRefused)
            .GroupBy(bar => bar.StartPpq)
            .Count(group => group.Last().IsFallback);
    }

    private TransportSnapshot Snapshot(double endPpq, bool playing)
    {
        var bars = Math.Floor((_positionPpq - _gridAnchorPpq + TransportSnapshot.ResolutionPpq) / Meter.BarPpq);
        return new TransportSnapshot
        {
            BlockStartPpq = _positionPpq,
            BlockEndPpq = endPpq,
            ProjectPpq = _positionPpq - PassOffsetPpq,
            BarStartPpq = _gridAnchorPpq + (bars * Meter.BarPpq),
            CycleStartPpq = Cycle?.StartPpq ?? 0,
            CycleEndPpq = Cycle?.EndPpq ?? 0,
            TempoBpm = 120,
            Meter = Meter,
            Epoch = _epoch,
            GridGeneration = _gridGeneration,
            Playing = playing,
            Offline = Offline,
        };
    }
}
