using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Midi;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.State;

namespace MidiMuse.Engine.Planning;

/// <summary>What the instance is doing; values of MM_ENGINE_ in midimuse_abi.h.</summary>
public enum EnginePhase
{
    Idle = 0,
    Waiting = 1,
    Capturing = 2,
    Answering = 3,
    Faulted = 4,
}

/// <summary>
/// The motif state machine. It works through what was played and the points where something must be decided in the
/// order of their positions, so what it decides depends on the music alone, not on block sizes or on when it runs.
/// [engine]
/// </summary>
/// <remarks>
/// Bar N+1 of an answer is decided at the start of bar N, and looked at once more a quarter before its bar line; the
/// first bar is decided at the end of the motif. In real time the first bar is also planned ahead of the motif's end,
/// because its first note is due on that very bar line.
/// </remarks>
public sealed class EngineLoop
{
    /// <summary>An endless answer is made ahead this far.</summary>
    private const int BarsAheadOfEndless = 2;

    private readonly IPlanClock _clock;
    private readonly BarComposer _composer;
    private readonly ParameterValues _parameters;
    private readonly ICommandSink _sink;
    private readonly AnswerPlanner _planner;
    private readonly RetainedPlayback _retained;
    private readonly MotifCapture _capture;
    private readonly AnswerSchedule _schedule = new();
    private readonly PlayableHorizon _horizon;
    private readonly Anticipation _anticipation;
    private readonly InputBuffer _inputs = new();
    private readonly IContinuationModel? _model;
    private readonly CommandExecutor _executor;
    private TransportSnapshot _transport = new() { Meter = Meter.CommonTime, TempoBpm = 120 };
    private double _nowPpq;
    private int? _candidateToTake;
    private (long, EnginePhase, int, int, MusicSettings) _nothingLeft;
    private bool _hearsOn;
    private bool _started;
    private double _workedPpq = double.NegativeInfinity;
    private EnginePhase _phase;

    public EngineLoop(ParameterValues parameters, TextValues texts, IContinuationModel? model, ICommandSink sink, IPlanClock clock)
    {
        _parameters = parameters;
        _sink = sink;
        Texts = texts;
        _model = model;
        _clock = clock;
        _composer = new BarComposer(model);
        _planner = new AnswerPlanner(_composer, new CurrentAnswer(), sink, clock);
        _retained = new RetainedPlayback(sink);
        _capture = new MotifCapture(parameters);
        _horizon = new PlayableHorizon(sink);
        _anticipation = new Anticipation(_planner, _capture);
        Editor = new AnswerEditor(_planner, _composer, parameters, texts, model?.Identity, () => Phase == EnginePhase.Answering);
        _executor = new CommandExecutor(this);
    }

    public EnginePhase Phase
    {
        get => _phase;
        private set
        {
            if (_phase != value)
                Version++;
            _phase = value;
        }
    }

    /// <summary>Grows with every change that can be seen.</summary>
    public long Version { get; private set; }

    /// <summary>Grows with every change of what a state keeps, parameters apart.</summary>
    public long ContentVersion { get; private set; }

    public AnswerPlanner Planner => _planner;

    public AnswerEditor Editor { get; }

    public TextValues Texts { get; }

    public ParameterValues Parameters => _parameters;

    public ControllerMap Controllers { get; } = new();

    public TrainingLikenesses Likenesses { get; } = new();

    public TempoTrack Tempos { get; } = new();

    /// <summary>What has been heard of the motif that is being played, in project ppq; null where none is.</summary>
    public Motif? MotifInTheMaking => Phase == EnginePhase.Capturing ? _capture.SoFar(_nowPpq) : null;

    /// <summary>How well the last sung motif was heard; null before there was one.</summary>
    public AudioReport? Audio => _capture.Audio;

    public bool HasInputs => _inputs.TryPeek(out _);

    public MusicSettings Settings => MusicSettings.From(_parameters, Texts);

    public int Candidate => _parameters.Index(ParameterId.Candidate) - 1;

    /// <summary>The first bar of the answer that has not begun to play.</summary>
    public int FirstFreeBar
    {
        get
        {
            if (Phase != EnginePhase.Answering)
                return 0;
            var bar = 0;
            while (bar < _planner.BarCount && _planner.Answer.Bars[bar].StartPpq + _planner.OffsetPpq < _nowPpq - TransportSnapshot.ResolutionPpq)
                bar++;
            return bar;
        }
    }

    /// <summary>How many bars beyond the transport's position are planned.</summary>
    public double BarsAhead => Phase == EnginePhase.Answering
        ? Math.Max(0, (_planner.PlannedUntilPpq - _transport.BlockEndPpq) / _transport.Meter.BarPpq)
        : 0;

    private bool IsListening => _model is not null && _parameters.IsOn(ParameterId.Arm) && !_parameters.IsOn(ParameterId.Bypass);

    /// <summary>The audio thread waits for the horizon, and what is played must not depend on when this thread runs.</summary>
    private bool IsRendering => _transport is { Offline: true, Playing: true };

    private double NextBarLinePpq => _transport.BarLineAtOrAfter(_nowPpq);

    /// <summary>What is accompanied is heard on while the accompaniment plays.</summary>
    private bool IsRecording => Phase == EnginePhase.Capturing || (Phase == EnginePhase.Answering && _hearsOn);

    public void Enqueue(in InputEvent input) => _inputs.Add(input);

    /// <summary>Audio of the input, as the link hands it over. // samples [chunk.Count] f32</summary>
    public void EnqueueAudio(ReadOnlySpan<float> samples, in AudioChunk chunk) => _capture.EnqueueAudio(samples, chunk);

    public EngineSnapshot View(string? problem) => SnapshotBuilder.Build(this, _model, problem);

    /// <summary>Works up to what the audio thread has heard. Inputs of the transport's blocks must have been enqueued.</summary>
    /// <returns>True where there is more to make in spare time.</returns>
    public bool Advance(in TransportSnapshot transport)
    {
        if (!_started || transport.Epoch != _transport.Epoch)
            BeginEpoch(transport);
        else if (transport.GridGeneration != _transport.GridGeneration)
            ChangeGrid(transport);
        _transport = transport;
        _sink.UseGrid(transport.GridGeneration);
        if (!transport.Playing)
        {
            _nowPpq = transport.BlockEndPpq;
            ApplyAllInputs();
            _capture.DiscardAudio(transport.Epoch, double.PositiveInfinity);
            return WorkInSpareTime();
        }
        Tempos.Note(transport.ProjectPpq, transport.TempoBpm);
        WorkUntil(transport.BlockEndPpq);
        if (!_capture.ListensToAudio)
            _capture.DiscardAudio(transport.Epoch, transport.BlockEndPpq);
        PlayRetained();
        PublishHorizon();
        if (!transport.Offline && Phase == EnginePhase.Capturing)
            _anticipation.Work(transport, Candidate, Settings);
        return WorkInSpareTime();
    }

    /// <summary>Applies a parameter outside of the audio thread's stream.</summary>
    public void SetParameter(uint id, double normalised)
    {
        var before = _parameters.Normalised(id);
        if (!_parameters.Set(id, normalised))
            return;
        var wasOn = before >= 0.5;
        var isOn = _parameters.Normalised(id) >= 0.5;
        switch (id)
        {
            case ParameterId.Arm when wasOn != isOn:
                ChangeArm(isOn);
                break;
            case ParameterId.Clear when !wasOn && isOn:
                ClearAll();
                break;
            case ParameterId.Panic when !wasOn && isOn:
            case ParameterId.Bypass when !wasOn && isOn:
                EndEverything();
                break;
            case ParameterId.Bypass when wasOn && !isOn:
                ListenAgain();
                break;
            case ParameterId.KeepForMorph when !wasOn && isOn:
                KeepForMorph();
                break;
            case ParameterId.Program:
                _executor.ApplyProgram(_parameters.Index(ParameterId.Program));
                break;
            case ParameterId.SustainPedal when !isOn:
                _capture.ReleasePedals(_nowPpq);
                break;
            case ParameterId.Candidate when before != _parameters.Normalised(id):
                TakeCandidate((int)ParameterTable.Find(id)!.ToPlain(before) - 1);
                break;
            default:
                if (!wasOn && isOn && AnswerParameters.CommandOf(id) is { } command)
                    Execute(command);
                break;
        }
    }

    /// <summary>Sets a parameter on the engine's own account: the host is told.</summary>
    public void SetAndTell(uint id, double normalised)
    {
        SetParameter(id, normalised);
        _sink.SendParameter(id, normalised);
    }

    /// <summary>The answer is another candidate's already: only the parameter has to follow.</summary>
    public void TellCandidate(int candidate)
    {
        var normalised = ParameterTable.Find(ParameterId.Candidate)!.ToNormalised(candidate + 1);
        _parameters.Set(ParameterId.Candidate, normalised);
        _sink.SendParameter(ParameterId.Candidate, normalised);
        _candidateToTake = null;
    }

    /// <summary>Applies the settings and commands among the inputs that wait, when no transport says where they belong.</summary>
    public void ApplyWithoutTransport()
    {
        while (_inputs.TryPeek(out _))
            ApplyNextLate();
        FinishWork();
    }

    /// <summary>Applies the settings and commands that wait before the first note; that one belongs to a transport still to come.</summary>
    public void ApplyUntilFirstNote()
    {
        while (_inputs.TryPeek(out var input) && input.Kind is not (InputKind.NoteOn or InputKind.NoteOff))
            ApplyNextLate();
        FinishWork();
    }

    /// <summary>Puts back what a state holds; what was going on ends.</summary>
    public void Restore(ReadState? state)
    {
        EndEverything();
        _capture.ReleasePedals(_nowPpq);
        RestoredAnswer.Put(state, _planner, Settings.ForBars());
        Editor.Restore(state?.History ?? []);
        Controllers.Restore(state?.Controllers ?? []);
        Tempos.Restore(state?.Tempos ?? []);
        Texts.Replace(state?.Texts ?? Texts.All.Clear());
        _candidateToTake = null;
        ChangeContent();
        if (_transport.Playing)
            StartRetained(_transport.ProjectPpq);
    }

    public void ChangeContent()
    {
        Version++;
        ContentVersion++;
    }

    /// <summary>A motif that was not played: its answer begins at the next bar line with time left before it.</summary>
    /// <param name="audio">How well it was heard, where it comes from audio.</param>
    public CommandReply BeginLoaded(Motif motif, AudioReport? audio = null)
    {
        if (_model is null || AnswerFrame.Of(motif, Settings.Mode) is null)
            return CommandReply.Refused(_model is null ? "There is no model that could answer." : "There are no notes in it.");
        Editor.RememberNow();
        Editor.PushStep();
        _capture.Report(audio);
        var barPpq = _transport.Meter.BarPpq;
        var bars = Math.Max(1, Math.Ceiling((motif.EndPpq - motif.StartPpq - TransportSnapshot.ResolutionPpq) / barPpq));
        var lead = _transport.Playing ? AnswerSchedule.LeadPpq(_transport.Meter) : 0;
        var answerPpq = _transport.BarLineAtOrAfter(_nowPpq + lead);
        if (!_started)
            answerPpq = bars * barPpq;
        var placed = motif.MovedBy(answerPpq - (bars * barPpq) - motif.StartPpq) with { Meter = _transport.Meter, EndPpq = answerPpq };
        if (_transport.Playing && !_parameters.IsOn(ParameterId.Bypass))
            AnswerLoaded(placed);
        else
            MakeLoaded(placed);
        return CommandReply.Done;
    }

    /// <summary>The answer is a clip elsewhere now: it is not played here as well.</summary>
    public void Mute()
    {
        if (Phase == EnginePhase.Answering)
            EndEverything();
        SetAndTell(ParameterId.Arm, 0);
        _planner.Answer.IsMuted = true;
        if (_retained.SentUntilPpq > _nowPpq)
            Silence();
        _retained.Stop();
        ChangeContent();
    }

    public void Unmute()
    {
        if (!_planner.Answer.IsMuted)
            return;
        _planner.Answer.IsMuted = false;
        if (_transport.Playing && Phase is EnginePhase.Idle or EnginePhase.Waiting)
            ResumeRetained();
        ChangeContent();
    }

    /// <summary>A candidate was chosen by a command: heard as soon as it can be.</summary>
    public void ReviseAtOnce()
    {
        var last = _planner.BarCount - 1;
        if (Phase == EnginePhase.Answering && last >= 0 && FirstFreeBar <= last)
            ReviseNextBar();
    }

    private static bool IsBefore(double ppq, double decisionPpq) => ppq <= decisionPpq + TransportSnapshot.ResolutionPpq;

    private static bool IsOlder(uint epoch, uint than) => unchecked((int)(epoch - than)) < 0;

    /// <summary>A horizon at a bar line lets the block that ends there, give or take rounding, pass without waiting.</summary>
    private static double Final(double barLinePpq) => barLinePpq + (2 * TransportSnapshot.ResolutionPpq);

    private void BeginEpoch(in TransportSnapshot transport)
    {
        while (_inputs.TryPeek(out var input) && input.Epoch != transport.Epoch && IsOlder(input.Epoch, transport.Epoch))
            ApplyNextLate();
        if (Phase == EnginePhase.Answering)
            Editor.RememberNow();
        _started = true;
        _nowPpq = transport.BlockStartPpq;
        _horizon.BeginEpoch();
        _planner.Withdraw(transport.Epoch);
        _retained.Stop();
        _capture.StopListening();
        _workedPpq = double.NegativeInfinity;
        Phase = transport.Playing && IsListening ? EnginePhase.Waiting : EnginePhase.Idle;
        if (transport.Playing && !_parameters.IsOn(ParameterId.Bypass) && !_planner.Answer.IsMuted)
            _retained.Start(_planner.Bars, transport, transport.ProjectPpq);
    }

    /// <summary>An input of an epoch that is over: settings count, notes do not.</summary>
    private void ApplyNextLate()
    {
        _inputs.TryTake(out var input);
        if (input.Kind == InputKind.Parameter)
            SetParameter(input.ParameterId, input.Value);
        else if (input.Kind == InputKind.Control)
            MoveController(input);
        else if (input.Posted is { } posted)
            posted.Complete(Execute(posted.Command));
    }

    private void ApplyAllInputs()
    {
        while (_inputs.TryPeek(out var input) && !IsOlder(_transport.Epoch, input.Epoch))
            ApplyNextLate();
    }

    private void ChangeGrid(in TransportSnapshot transport)
    {
        _horizon.ForgetPublished();
        if (Phase == EnginePhase.Answering)
        {
            // What was still to be decided before the change belongs to the old grid: a horizon of the new one would
            // let the audio thread into bars that are about to be cut.
            WorkUntil(transport.BarStartPpq);
            if (Phase != EnginePhase.Answering)
                return; // the answer was over by then
            _sink.UseGrid(transport.GridGeneration);
            _planner.Regrid(transport.Epoch, transport.BarStartPpq, transport.Meter, Candidate, Settings);
            _schedule.BeginAgain(transport.BarStartPpq);
            ChangeContent();
        }
        else if (Phase == EnginePhase.Capturing)
        {
            _planner.Withdraw(transport.Epoch);
            _capture.Regrid(transport);
        }
    }

    private void WorkUntil(double untilPpq)
    {
        while (true)
        {
            FollowAudio();
            var decisionPpq = NextDecisionPpq();
            var audioPpq = _capture.NextAudioStepPpq;
            var inputLimitPpq = _capture.ListensToAudio ? Math.Min(Math.Min(decisionPpq, audioPpq), untilPpq) : decisionPpq;
            if (_inputs.TryPeek(out var input) && !IsOlder(_transport.Epoch, input.Epoch) && IsBefore(input.TimelinePpq, inputLimitPpq))
            {
                _nowPpq = input.TimelinePpq;
                PlayRetainedAsItWas();
                ApplyNext();
                _workedPpq = Math.Max(_workedPpq, input.TimelinePpq);
            }
            else if (IsBefore(audioPpq, untilPpq) && audioPpq <= decisionPpq)
            {
                _nowPpq = audioPpq;
                HearAudio(audioPpq);
                _workedPpq = audioPpq;
            }
            else if (decisionPpq < untilPpq - TransportSnapshot.ResolutionPpq)
            {
                _nowPpq = decisionPpq;
                Decide(decisionPpq);
                _workedPpq = Math.Max(_workedPpq, decisionPpq);
            }
            else
            {
                _nowPpq = Math.Max(_nowPpq, untilPpq);
                _workedPpq = Math.Max(_workedPpq, untilPpq);
                return;
            }
        }
    }

    /// <summary>Audio is heard while a motif is waited for or captured, from the position on at which that began.</summary>
    private void FollowAudio()
    {
        var wanted = Phase is EnginePhase.Waiting or EnginePhase.Capturing && _parameters.IsOn(ParameterId.AudioMotif);
        _capture.ListenToAudio(wanted, _transport.Epoch, _workedPpq);
    }

    private void HearAudio(double nowPpq)
    {
        _capture.HearAudioStep();
        if (Phase == EnginePhase.Waiting && _capture.FirstSungPpq() is { } onsetPpq)
            BeginCapture(onsetPpq, nowPpq);
        if (Phase == EnginePhase.Capturing && _capture.TakeInSung(_transport.TempoBpm))
            Version++;
    }

    private double NextDecisionPpq() => Phase switch
    {
        EnginePhase.Capturing => _capture.NextCheckPpq,
        EnginePhase.Answering => _schedule.NextPpq,
        _ => double.PositiveInfinity,
    };

    private void ApplyNext()
    {
        _inputs.TryTake(out var input);
        switch (input.Kind)
        {
            case InputKind.Command:
                input.Posted!.Complete(Execute(input.Posted.Command));
                break;
            case InputKind.Parameter:
                SetParameter(input.ParameterId, input.Value);
                break;
            case InputKind.Control:
                MoveController(input);
                break;
            case InputKind.NoteOn or InputKind.NoteOff when IsHeard(input.Channel):
                PlayNote(input);
                break;
        }
    }

    private bool IsHeard(byte channel) => _parameters.Index(ParameterId.InputChannel) is var filter && (filter == 0 || filter == channel + 1);

    private void PlayNote(in InputEvent input)
    {
        if (input.Kind == InputKind.NoteOn && Phase == EnginePhase.Waiting)
            BeginCapture(input.TimelinePpq, input.TimelinePpq);
        if (IsRecording)
            _capture.Play(input);
        if (Phase == EnginePhase.Capturing)
            Version++;
    }

    private void MoveController(in InputEvent input)
    {
        const byte Sustain = 64;
        if (input.Data1 == Sustain && _parameters.IsOn(ParameterId.SustainPedal) && IsHeard(input.Channel))
            _capture.MovePedal(input);
        if (Controllers.TryLearn(input.Channel, input.Data1))
            ChangeContent();
        foreach (var mapping in Controllers.Mappings)
        {
            if (mapping.Channel == input.Channel && mapping.Controller == input.Data1)
                SetAndTell(mapping.ParameterId, input.Value);
        }
    }

    /// <summary>Runs a command at the position that has been reached.</summary>
    private CommandReply Execute(EngineCommand command)
    {
        var reply = _executor.Execute(command);
        if (IsRendering)
            FinishWork();
        Deliver();
        if (command is not Commands.SetParameter)
            ChangeContent();
        return reply;
    }

    /// <summary>Makes everything that was asked for, now: offline, where a render must not depend on how long it takes.</summary>
    private void FinishWork()
    {
        while (Editor.HasWork && Editor.TryMakeNext(Settings.ForBars(), _clock.MustGiveUp))
            ChangeContent();
        TryFinishCandidate(_clock.MustGiveUp);
        Deliver();
    }

    /// <summary>What was changed is sent where it has not been played yet.</summary>
    private void Deliver()
    {
        var changed = Editor.TakeChanged();
        if (changed.Length == 0)
            return;
        ChangeContent();
        if (changed[0] < 0 && Phase == EnginePhase.Answering)
            EndEverything();
        if (!_transport.Playing || Phase == EnginePhase.Capturing || _parameters.IsOn(ParameterId.Bypass))
            return;
        if (Phase != EnginePhase.Answering)
        {
            if (!_planner.Answer.IsMuted)
                _retained.Replace(_planner.Bars, _transport, _nowPpq, _planner.NextPlanId());
            return;
        }
        var free = FirstFreeBar;
        foreach (var bar in changed.Where(bar => bar >= free && bar < _planner.BarCount))
            _planner.Resend(_transport.Epoch, bar, _transport.Offline);
    }

    /// <param name="firstPpq">Where the first note began.</param>
    /// <param name="nowPpq">Where it was noticed: a sung note must have sounded for a moment.</param>
    private void BeginCapture(double firstPpq, double nowPpq)
    {
        TakeBackPlan(_transport.BarLineAtOrAfter(nowPpq));
        _capture.Begin(firstPpq, nowPpq, _transport, Settings);
        Phase = EnginePhase.Capturing;
    }

    /// <summary>From the next bar line on, a new capture silences the answer before it, kept or still planned.</summary>
    private void TakeBackPlan(double fromPpq)
    {
        _retained.Stop();
        var sentUntilPpq = Math.Max(_retained.SentUntilPpq, _planner.SentUntilPpq(_transport.Epoch));
        if (sentUntilPpq > fromPpq)
            _sink.SendBar(_transport.Epoch, _planner.NextPlanId(), fromPpq, sentUntilPpq, [], isFallback: false, isProvisional: false, _horizon.Ppq);
    }

    private void Decide(double decisionPpq)
    {
        if (Phase == EnginePhase.Answering && _schedule.RevisesNext)
            ReviseNextBar();
        else if (Phase == EnginePhase.Answering)
            DecideNextBar();
        else if (_capture.IsOverAt(decisionPpq, _transport.Meter))
            EndCapture(decisionPpq);
    }

    private void EndCapture(double endPpq)
    {
        _capture.FinishAudio(endPpq, _transport.TempoBpm);
        var motif = _capture.ToMotif(endPpq);
        if (AnswerFrame.Of(motif, AnswerMode.Continue) is not null)
        {
            Editor.RememberNow();
            Editor.PushStep();
        }
        if (!_planner.Begin(_transport.Epoch, motif, _capture.OffsetPpq, Candidate, Settings, _transport.Offline))
        {
            Phase = EnginePhase.Waiting;
            return;
        }
        BeginAnswer(endPpq);
        _hearsOn = _planner.Answer.Frame is { Part: not null };
        _capture.BeginHearingOn();
    }

    /// <summary>An accompaniment takes in what was played since its last bar was decided.</summary>
    /// <returns>True where there was something new.</returns>
    private bool HearOn(in MusicSettings settings)
    {
        if (!_hearsOn || _capture.TakeHeard(_planner.Answer.StartPpq + _planner.OffsetPpq, _nowPpq, _transport.Meter) is not { } heard)
            return false;
        _planner.HearOn(heard, _nowPpq, Candidate, settings);
        return true;
    }

    private void BeginAnswer(double startPpq)
    {
        Editor.Begin();
        _candidateToTake = null;
        _hearsOn = false;
        _schedule.Begin(startPpq);
        Phase = EnginePhase.Answering;
        ChangeContent();
    }

    private void AnswerLoaded(Motif motifInTimeline)
    {
        TakeBackPlan(NextBarLinePpq);
        _planner.Withdraw(_transport.Epoch);
        _planner.Begin(_transport.Epoch, motifInTimeline, _transport.PassOffsetPpq, Candidate, Settings, _transport.Offline);
        BeginAnswer(motifInTimeline.EndPpq);
    }

    /// <summary>Nothing plays: the whole answer is made, and waits at its place.</summary>
    private void MakeLoaded(Motif motifInTimeline)
    {
        const int BarsOfEndless = 8;
        Editor.Begin();
        _candidateToTake = null;
        var frame = AnswerFrame.Of(motifInTimeline.MovedBy(-_transport.PassOffsetPpq), Settings.Mode)!;
        _planner.Answer.Begin(frame);
        _planner.Forget();
        Editor.MakeAll(Settings.AnswerBarsFor(frame.MotifBars) ?? BarsOfEndless);
    }

    /// <summary>At the start of the last planned bar: plans the one after it, or lets the answer end.</summary>
    private void DecideNextBar()
    {
        if (_schedule.IsOver)
        {
            EndAnswer();
            return;
        }
        var settings = Settings;
        if (_schedule.EndIsWanted || (IsLongEnough(settings) && !settings.Freeze))
        {
            _schedule.EndAt(_planner.PlannedUntilPpq);
            return;
        }
        var barStartPpq = _planner.PlannedUntilPpq;
        HearOn(settings);
        _planner.PlanNext(_transport.Epoch, Candidate, settings, _transport.Offline);
        _schedule.PlanBar(barStartPpq, _transport.Meter);
        ChangeContent();
    }

    /// <summary>A moment before the next bar: what was changed since it was planned changes it now.</summary>
    private void ReviseNextBar()
    {
        _schedule.Revised();
        var settings = Settings;
        var hasHeardMore = HearOn(settings);
        if (_planner.ReviseLast(_transport.Epoch, Candidate, settings, _transport.Offline, hasHeardMore))
            ChangeContent();
    }

    private bool IsLongEnough(in MusicSettings settings) =>
        settings.AnswerBarsFor(_planner.Motif?.Bars ?? 1) is { } bars && _planner.BarCount >= bars;

    private void EndAnswer()
    {
        var listensAgain = IsListening && !_schedule.EndIsWanted && Settings.Mode == AnswerMode.CallAndResponse;
        Phase = listensAgain ? EnginePhase.Waiting : EnginePhase.Idle;
        Editor.RememberNow();
        ChangeContent();
        // From its end on the answer is a clip: a loop that comes back to it plays it again.
        StartRetained(_schedule.EndPpq - _transport.PassOffsetPpq);
    }

    private void StartRetained(double fromProjectPpq)
    {
        if (!_planner.Answer.IsMuted)
            _retained.Start(_planner.Bars, _transport, fromProjectPpq);
    }

    /// <summary>In the middle of the answer: at once, or offline from the next bar line on (see <see cref="Silence"/>).</summary>
    private void ResumeRetained() => StartRetained((IsRendering ? NextBarLinePpq : _nowPpq) - _transport.PassOffsetPpq);

    /// <summary>A block may reach over a bar line: up to the next one, what follows changes nothing any more.</summary>
    private void PlayRetainedAsItWas()
    {
        if (Phase is EnginePhase.Idle or EnginePhase.Waiting)
            _retained.Feed(_transport, _planner.PlanId, NextBarLinePpq, _horizon.Ppq);
    }

    private void PlayRetained()
    {
        if (Phase is not (EnginePhase.Idle or EnginePhase.Waiting))
            return;
        var nextBarPpq = _transport.BarLineAtOrAfter(_transport.BlockEndPpq);
        _retained.Feed(_transport, _planner.PlanId, nextBarPpq + _transport.Meter.BarPpq, Final(nextBarPpq));
        _horizon.Reach(Final(nextBarPpq));
    }

    private void PublishHorizon()
    {
        var barLinePpq = _transport.BarLineAtOrAfter(_transport.BlockEndPpq);
        var horizonPpq = Phase switch
        {
            EnginePhase.Answering when !_transport.Offline => Math.Max(RealTimeHorizonPpq(), Final(barLinePpq)),
            EnginePhase.Capturing => Final(Math.Min(_capture.EndPpq, barLinePpq)),
            _ => Final(barLinePpq), // offline nobody plays past a bar line before everything up to it is known: it may change the bar after it
        };
        _horizon.Publish(_transport.Epoch, _planner.PlanId, horizonPpq);
    }

    /// <summary>
    /// The silence of the first bar after the answer is planned as well: the engine's thread notices the end a moment
    /// after the audio thread.
    /// </summary>
    private double RealTimeHorizonPpq() =>
        double.IsPositiveInfinity(_schedule.EndPpq) ? _planner.PlannedUntilPpq : _schedule.EndPpq + _transport.Meter.BarPpq;

    /// <summary>One bar a call: first what the player asked for, then bars that are not needed yet. Offline nobody waits for these.</summary>
    /// <returns>True where there may be more to do.</returns>
    private bool WorkInSpareTime()
    {
        if (_planner.Motif is null || Phase == EnginePhase.Capturing || IsRendering)
            return false;
        var settings = Settings;
        if (Editor.HasWork || _candidateToTake is not null)
        {
            var hasMade = Editor.HasWork ? Editor.TryMakeNext(settings.ForBars(), IsWanted) : TryFinishCandidate(IsWanted);
            Version++;
            Deliver();
            return hasMade;
        }
        var work = (ContentVersion, Phase, Candidate, Candidates: _parameters.Index(ParameterId.Candidates), settings);
        if (!_composer.HasModel || work == _nothingLeft || (Phase == EnginePhase.Answering && (settings.Freeze || _schedule.EndIsWanted || _hearsOn)))
            return false; // an accompaniment's next bars go by what nobody has played yet
        if (_planner.Lines.TryMakeAhead(Candidate, work.Candidates, BarsWanted(settings), settings.ForBars(), IsWanted))
        {
            Version++;
            return true;
        }
        if (!IsWanted())
            _nothingLeft = work;
        return false;
    }

    public int BarsWanted(in MusicSettings settings) => Phase == EnginePhase.Answering
        ? settings.AnswerBarsFor(_planner.Answer.Frame!.MotifBars) ?? _planner.BarCount + BarsAheadOfEndless
        : _planner.BarCount;

    private bool IsWanted() => _clock.HasNews() || (Phase == EnginePhase.Answering && _clock.HasPassed(_transport.Epoch, _schedule.NextPpq));

    /// <summary>
    /// While an answer is made, its next bar is the other candidate's; a finished answer is replaced as a whole, from
    /// the next bar line on.
    /// </summary>
    private void TakeCandidate(int before)
    {
        Version++;
        if (Phase == EnginePhase.Answering || _planner.BarCount == 0 || !_composer.HasModel)
            return;
        Editor.PushStep(before);
        _candidateToTake = Candidate;
        if (IsRendering)
            FinishWork();
    }

    private bool TryFinishCandidate(Func<bool> mustGiveUp)
    {
        if (_candidateToTake is not { } candidate)
            return false;
        if (!Editor.TryTakeCandidate(candidate, FirstFreeBar, Settings.ForBars(), mustGiveUp))
            return false;
        _candidateToTake = null;
        Editor.RememberNow();
        ChangeContent();
        return true;
    }

    /// <summary>The motif of the moment is what later motifs are morphed into.</summary>
    private void KeepForMorph()
    {
        if (_planner.Motif is not { Notes.IsEmpty: false } motif)
            return;
        Texts.Set(TextTable.Morph, MotifText.Write(motif));
        ChangeContent();
    }

    private void ChangeArm(bool isOn)
    {
        if (isOn)
        {
            if (_transport.Playing && IsListening && Phase != EnginePhase.Capturing)
                Phase = EnginePhase.Waiting;
            return;
        }
        if (Phase == EnginePhase.Answering)
        {
            _schedule.WantEnd();
            return;
        }
        _planner.Withdraw(_transport.Epoch);
        Phase = EnginePhase.Idle;
    }

    private void ClearAll()
    {
        Editor.RememberNow();
        Editor.PushStep();
        EndEverything();
        Editor.Begin();
        _planner.Answer.Clear();
        _planner.Forget();
        ChangeContent();
    }

    private void EndEverything()
    {
        if (Phase == EnginePhase.Answering)
            Editor.RememberNow();
        _planner.Withdraw(_transport.Epoch);
        _retained.Stop();
        Phase = _transport.Playing && IsListening ? EnginePhase.Waiting : EnginePhase.Idle;
        Silence();
    }

    /// <summary>Takes back what has been sent: at once, or offline from the next bar line on, because how far the audio thread is in its bar is chance.</summary>
    private void Silence()
    {
        if (IsRendering)
            TakeBackPlan(NextBarLinePpq);
        else
            _sink.SendCancel(_transport.Epoch, _planner.NextPlanId());
    }

    private void ListenAgain()
    {
        if (!_transport.Playing)
            return;
        Phase = IsListening ? EnginePhase.Waiting : EnginePhase.Idle;
        ResumeRetained();
    }
}
