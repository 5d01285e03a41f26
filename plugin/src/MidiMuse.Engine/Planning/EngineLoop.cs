using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
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
/// Bar N+1 of an answer is decided at the start of bar N; the first bar at the end of the motif. In real time the
/// first bar is also planned ahead of the motif's end, because its first note is due on that very bar line.
/// </remarks>
public sealed class EngineLoop
{
    /// <summary>A note this much before a bar line, or less, is an early downbeat.</summary>
    private const double EarlyDownbeatPpq = 0.125;

    /// <summary>The model starts on the first bar this long before the motif ends; the motif's later notes make it start again.</summary>
    private const double SpeculationLeadPpq = 1.0;

    private const double SpeculationLeadSeconds = 0.25;

    /// <summary>
    /// The last moment before a planned bar at which changed settings still change it; half a bar where that is less.
    /// It is a position and no time, so that a render does not depend on the computer's speed.
    /// </summary>
    private const double RevisionLeadPpq = 1.0;

    /// <summary>An endless answer is made ahead this far.</summary>
    private const int BarsAheadOfEndless = 2;

    private readonly ParameterValues _parameters;
    private readonly ICommandSink _sink;
    private readonly IPlanClock _clock;
    private readonly BarComposer _composer;
    private readonly AnswerPlanner _planner;
    private readonly RetainedPlayback _retained;
    private readonly MotifRecorder _recorder = new();
    private readonly InputBuffer _inputs = new();
    private readonly AudioListener _audio = new();
    private readonly TextValues _texts;
    private readonly IContinuationModel? _model;
    private TransportSnapshot _transport = new() { Meter = Meter.CommonTime, TempoBpm = 120 };
    private double _captureEndPpq;
    private double _captureOffsetPpq;
    private double _nextSilenceCheckPpq;
    private double _nextDecisionPpq;
    private double _revisionPpq = double.PositiveInfinity;
    private double _answerEndPpq;
    private double _horizonPpq;
    private double _publishedHorizonPpq;
    private int _prefilledVersion;
    private (long, EnginePhase, int, int, MusicSettings) _nothingLeft;
    private bool _endRequested;
    private bool _started;
    private double _workedPpq = double.NegativeInfinity;
    private AudioReport? _audioReport;
    private EnginePhase _phase;

    public EngineLoop(ParameterValues parameters, TextValues texts, IContinuationModel? model, ICommandSink sink, IPlanClock clock)
    {
        _parameters = parameters;
        _sink = sink;
        _texts = texts;
        _model = model;
        _clock = clock;
        _composer = new BarComposer(model);
        _planner = new AnswerPlanner(_composer, new CurrentAnswer(), sink, clock);
        _retained = new RetainedPlayback(sink);
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

    /// <summary>How many bars beyond the transport's position are planned.</summary>
    public double BarsAhead => Phase == EnginePhase.Answering
        ? Math.Max(0, (_planner.PlannedUntilPpq - _transport.BlockEndPpq) / _transport.Meter.BarPpq)
        : 0;

    public bool HasInputs => _inputs.TryPeek(out _);

    public void Enqueue(in InputEvent input) => _inputs.Add(input);

    /// <summary>Audio of the input, as the link hands it over. // samples [chunk.Count] f32</summary>
    public void EnqueueAudio(ReadOnlySpan<float> samples, in AudioChunk chunk) => _audio.Enqueue(samples, chunk);

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
            ApplyAllInputs();
            _audio.Discard(transport.Epoch, double.PositiveInfinity);
            return WorkInSpareTime();
        }
        WorkUntil(transport.BlockEndPpq);
        if (!_audio.IsListening)
            _audio.Discard(transport.Epoch, transport.BlockEndPpq);
        PlayRetained();
        PublishHorizon();
        if (!transport.Offline)
            WorkAhead();
        return WorkInSpareTime();
    }

    /// <summary>Bars that are not needed yet, one a call. Offline nobody waits for them.</summary>
    /// <returns>True where there may be more to do.</returns>
    private bool WorkInSpareTime()
    {
        if (!_composer.HasModel || _planner.Motif is null || Phase == EnginePhase.Capturing || (_transport.Offline && _transport.Playing))
            return false;
        var work = (ContentVersion, Phase, CandidateNow, Candidates: _parameters.Index(ParameterId.Candidates), Settings: MusicSettings.From(_parameters, _texts));
        if (work == _nothingLeft || (Phase == EnginePhase.Answering && (work.Settings.Freeze || _endRequested)))
            return false;
        if (_planner.Lines.TryMakeAhead(work.CandidateNow, work.Candidates, BarsWanted(work.Settings), work.Settings.ForBars(), IsWanted))
        {
            Version++;
            return true;
        }
        if (!IsWanted())
            _nothingLeft = work;
        return false;
    }

    private int BarsWanted(in MusicSettings settings) => Phase == EnginePhase.Answering
        ? settings.AnswerBarsFor(_planner.Answer.Frame!.MotifBars) ?? _planner.BarCount + BarsAheadOfEndless
        : _planner.BarCount;

    private bool IsWanted() => _clock.HasNews() || (Phase == EnginePhase.Answering && _clock.HasPassed(_transport.Epoch, Math.Min(_nextDecisionPpq, _revisionPpq)));


    /// <summary>Applies a parameter outside of the audio thread's stream.</summary>
    public void SetParameter(uint id, double normalised)
    {
        var before = _parameters.Normalised(id) >= 0.5;
        if (!_parameters.Set(id, normalised))
            return;
        var isOn = _parameters.Normalised(id) >= 0.5;
        switch (id)
        {
            case ParameterId.Arm when before != isOn:
                ChangeArm(isOn);
                break;
            case ParameterId.Clear when !before && isOn:
                ClearAll();
                break;
            case ParameterId.KeepForMorph when !before && isOn:
                KeepForMorph();
                break;
            case ParameterId.Panic when !before && isOn:
            case ParameterId.Bypass when !before && isOn:
                EndEverything();
                break;
            case ParameterId.Bypass when before && !isOn:
                ListenAgain();
                break;
            case ParameterId.Program:
                ApplyProgram(_parameters.Index(ParameterId.Program));
                break;
        }
    }

    /// <summary>The motif of the moment is what later motifs are morphed into.</summary>
    private void KeepForMorph()
    {
        if (_planner.Motif is { Notes.IsEmpty: false } motif)
            Set(TextTable.Find(TextTable.Morph)!, MotifText.Write(motif));
    }

    /// <summary>Applies the settings and commands among the inputs that wait, when no transport says where they belong.</summary>
    public void ApplyWithoutTransport()
    {
        while (_inputs.TryPeek(out _))
            ApplyNextLate();
    }

    /// <summary>Puts back a saved motif and answer; what was going on ends.</summary>
    public void Restore(ReadState? state)
    {
        EndEverything();
        Put(state?.Motif, state?.Bars ?? []);
        _texts.Replace(state?.Texts ?? _texts.All.Clear());
        ChangeContent();
        if (_transport.Playing)
            _retained.Start(_planner.Bars, _transport, _transport.ProjectPpq);
    }

    private static bool IsBefore(double ppq, double decisionPpq) => ppq <= decisionPpq + TransportSnapshot.ResolutionPpq;

    private void BeginEpoch(in TransportSnapshot transport)
    {
        while (_inputs.TryPeek(out var input) && input.Epoch != transport.Epoch && IsOlder(input.Epoch, transport.Epoch))
            ApplyNextLate();
        _started = true;
        _horizonPpq = double.NegativeInfinity;
        _publishedHorizonPpq = double.NegativeInfinity;
        _planner.Withdraw(transport.Epoch);
        _retained.Stop();
        _audio.Stop();
        _workedPpq = double.NegativeInfinity;
        Phase = transport.Playing && IsListening ? EnginePhase.Waiting : EnginePhase.Idle;
        if (transport.Playing && !_parameters.IsOn(ParameterId.Bypass))
            _retained.Start(_planner.Bars, transport, transport.ProjectPpq);
    }

    private static bool IsOlder(uint epoch, uint than) => unchecked((int)(epoch - than)) < 0;

    private bool IsListening => _model is not null && _parameters.IsOn(ParameterId.Arm) && !_parameters.IsOn(ParameterId.Bypass);

    /// <summary>An input of an epoch that is over: settings count, notes do not.</summary>
    private void ApplyNextLate()
    {
        _inputs.TryTake(out var input);
        if (input.Kind == InputKind.Parameter)
            SetParameter(input.ParameterId, input.Value);
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
        _publishedHorizonPpq = double.NegativeInfinity; // the scheduler forgets horizons of another grid
        if (Phase == EnginePhase.Answering)
        {
            // What was still to be decided before the change belongs to the old grid: a horizon of the new one would
            // let the audio thread into bars that are about to be cut.
            WorkUntil(transport.BarStartPpq);
            if (Phase != EnginePhase.Answering)
                return; // the answer was over by then
            _sink.UseGrid(transport.GridGeneration);
            _planner.Regrid(transport.Epoch, transport.BarStartPpq, transport.Meter, CandidateNow, MusicSettings.From(_parameters, _texts));
            _revisionPpq = double.PositiveInfinity;
            ChangeContent();
            _nextDecisionPpq = transport.BarStartPpq;
            _answerEndPpq = double.PositiveInfinity;
        }
        else if (Phase == EnginePhase.Capturing)
        {
            _planner.Withdraw(transport.Epoch);
            _captureEndPpq = transport.BarLineAtOrAfter(_captureEndPpq);
            _nextSilenceCheckPpq = transport.BarLineAtOrAfter(_nextSilenceCheckPpq);
        }
    }

    private void WorkUntil(double untilPpq)
    {
        while (true)
        {
            FollowAudio();
            var decisionPpq = NextDecisionPpq();
            var audioPpq = _audio.NextStepPpq;
            var inputLimitPpq = _audio.IsListening ? Math.Min(Math.Min(decisionPpq, audioPpq), untilPpq) : decisionPpq;
            if (_inputs.TryPeek(out var input) && !IsOlder(_transport.Epoch, input.Epoch) && IsBefore(input.TimelinePpq, inputLimitPpq))
            {
                ApplyNext();
                _workedPpq = Math.Max(_workedPpq, input.TimelinePpq);
            }
            else if (IsBefore(audioPpq, untilPpq) && audioPpq <= decisionPpq)
            {
                HearAudio(audioPpq);
                _workedPpq = audioPpq;
            }
            else if (decisionPpq < untilPpq - TransportSnapshot.ResolutionPpq)
            {
                Decide(decisionPpq);
                _workedPpq = Math.Max(_workedPpq, decisionPpq);
            }
            else
            {
                _workedPpq = Math.Max(_workedPpq, untilPpq);
                return;
            }
        }
    }

    /// <summary>Audio is heard while a motif is waited for or captured, from the position on at which that began.</summary>
    private void FollowAudio()
    {
        var wanted = Phase is EnginePhase.Waiting or EnginePhase.Capturing && _parameters.IsOn(ParameterId.AudioMotif);
        if (wanted == _audio.IsListening)
            return;
        if (wanted)
            _audio.Start(_transport.Epoch, _workedPpq);
        else
            _audio.Stop();
    }

    private void HearAudio(double nowPpq)
    {
        var settings = AudioSettings.From(_parameters);
        _audio.Step();
        if (Phase == EnginePhase.Waiting && _audio.FirstNotePpq(settings) is { } onsetPpq)
            BeginCapture(onsetPpq, nowPpq);
        if (Phase == EnginePhase.Capturing && _recorder.SetSung(_audio.Notes(_recorder.StartPpq, _transport.TempoBpm, settings, isOver: false, out _)))
            Version++;
    }

    /// <summary>At the bar line: hears the last of it.</summary>
    private void FinishAudio(double endPpq)
    {
        if (!_audio.IsListening)
            return;
        var leftMs = _audio.Finish(endPpq);
        var notes = _audio.Notes(_recorder.StartPpq, _transport.TempoBpm, AudioSettings.From(_parameters), isOver: true, out var confidence);
        _recorder.SetSung(notes);
        _audioReport = notes.IsEmpty ? _audioReport : new AudioReport(notes.Length, confidence, leftMs);
        _audio.Stop();
    }

    private double NextDecisionPpq() => Phase switch
    {
        EnginePhase.Capturing => Math.Min(_captureEndPpq, _nextSilenceCheckPpq),
        EnginePhase.Answering => Math.Min(_nextDecisionPpq, _revisionPpq),
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
            case InputKind.NoteOn when Phase == EnginePhase.Waiting:
                BeginCapture(input.TimelinePpq, input.TimelinePpq);
                _recorder.NoteOn(Math.Max(input.TimelinePpq, _recorder.StartPpq), input.Channel, input.Data1, input.Data2);
                break;
            case InputKind.NoteOn when Phase == EnginePhase.Capturing:
                _recorder.NoteOn(Math.Max(input.TimelinePpq, _recorder.StartPpq), input.Channel, input.Data1, input.Data2);
                break;
            case InputKind.NoteOff when Phase == EnginePhase.Capturing:
                _recorder.NoteOff(input.TimelinePpq, input.Channel, input.Data1);
                break;
        }
        if (Phase == EnginePhase.Capturing)
            Version++;
    }

    private CommandReply Execute(EngineCommand command)
    {
        switch (command)
        {
            case SetParameter set when ParameterTable.Find(set.Id) is { ReadOnly: false }:
                SetParameter(set.Id, set.Normalised);
                return CommandReply.Done;
            case SetText text when TextTable.Find(text.Key) is { } definition:
                return Set(definition, text.Text);
            default:
                return CommandReply.Refused("This version cannot do that yet.");
        }
    }

    private CommandReply Set(TextDefinition definition, string text)
    {
        if (text.Length > TextTable.MaximumLength)
            return CommandReply.Refused($"{definition.Title} is too long.");
        if (definition.Problem(text) is { } problem)
            return CommandReply.Refused(problem);
        _texts.Set(definition.Key, text);
        ChangeContent();
        return CommandReply.Done;
    }

    private void Put(Motif? motif, IEnumerable<AnswerBar> bars)
    {
        var answer = _planner.Answer;
        answer.Clear();
        _planner.Forget();
        if (motif is null || AnswerFrame.Of(motif) is not { } frame)
            return;
        answer.Begin(frame);
        foreach (var bar in bars)
            answer.Add(bar, MusicSettings.From(_parameters, _texts).ForBars());
    }

    private void ChangeContent()
    {
        Version++;
        ContentVersion++;
    }

    /// <summary>What can be seen at this moment.</summary>
    public EngineSnapshot View(string? problem) => new()
    {
        Version = Version,
        ContentVersion = ContentVersion,
        Phase = Phase,
        Guidance = GuidanceNow(problem),
        Motif = _planner.Motif,
        Answer = _planner.Bars,
        Tail = _planner.Lines.Ahead(CandidateNow, MusicSettings.From(_parameters, _texts).ForBars()),
        CurrentCandidate = CandidateNow,
        Texts = _texts.All,
        Audio = _audioReport,
        ModelIdentity = _model?.Identity,
        Devices = _model?.Devices,
        Problem = problem ?? _model?.Fault,
    };

    private Guidance GuidanceNow(string? problem)
    {
        if (problem is not null || _model is not { Fault: null })
            return Guidance.NoModel;
        if (_parameters.IsOn(ParameterId.Bypass))
            return Guidance.Bypassed;
        return Phase switch
        {
            EnginePhase.Capturing => Guidance.GoOnPlaying,
            EnginePhase.Answering => Guidance.Listen,
            EnginePhase.Waiting => Guidance.PlayMotif,
            _ when _planner.BarCount > 0 => Guidance.TakeAnswer,
            _ => _parameters.IsOn(ParameterId.Arm) ? Guidance.StartTransport : Guidance.SwitchArmOn,
        };
    }

    /// <param name="firstPpq">Where the first note began.</param>
    /// <param name="nowPpq">Where it was noticed: a sung note must have sounded for a moment.</param>
    private void BeginCapture(double firstPpq, double nowPpq)
    {
        var startPpq = _transport.BarLineAtOrBefore(firstPpq);
        var nextBarPpq = startPpq + _transport.Meter.BarPpq;
        if (nextBarPpq - firstPpq <= EarlyDownbeatPpq)
            startPpq = nextBarPpq;
        TakeBackPlan(_transport.BarLineAtOrAfter(nowPpq));
        var settings = MusicSettings.From(_parameters, _texts);
        _captureOffsetPpq = _transport.PassOffsetPpq;
        _recorder.Begin(startPpq, _transport.Meter);
        var untilSilence = settings.CaptureBars == 0;
        _captureEndPpq = untilSilence ? double.PositiveInfinity : startPpq + (settings.CaptureBars * _transport.Meter.BarPpq);
        while (_captureEndPpq <= nowPpq)
            _captureEndPpq += _transport.Meter.BarPpq; // the end of a bar in which nothing else can be sung any more
        _nextSilenceCheckPpq = untilSilence ? startPpq + (2 * _transport.Meter.BarPpq) : double.PositiveInfinity;
        Phase = EnginePhase.Capturing;
    }

    /// <summary>From the next bar line on, a new capture silences the answer before it, kept or still planned.</summary>
    private void TakeBackPlan(double fromPpq)
    {
        _retained.Stop();
        var sentUntilPpq = Math.Max(_retained.SentUntilPpq, _planner.PlannedUntilPpq);
        if (sentUntilPpq > fromPpq)
            _sink.SendBar(_transport.Epoch, _planner.NextPlanId(), fromPpq, sentUntilPpq, [], isFallback: false, isProvisional: false, _horizonPpq);
    }

    private void Decide(double decisionPpq)
    {
        if (Phase == EnginePhase.Answering && decisionPpq >= _revisionPpq && _revisionPpq < _nextDecisionPpq)
            ReviseNextBar();
        else if (Phase == EnginePhase.Answering)
            DecideNextBar();
        else if (decisionPpq >= _captureEndPpq || IsSilentBarBefore(decisionPpq))
            EndCapture(decisionPpq);
        else
            _nextSilenceCheckPpq = decisionPpq + _transport.Meter.BarPpq;
    }

    private bool IsSilentBarBefore(double barLinePpq) =>
        !_recorder.IsHolding && _recorder.LastActivityPpq <= barLinePpq - _transport.Meter.BarPpq + EarlyDownbeatPpq;

    private void EndCapture(double endPpq)
    {
        FinishAudio(endPpq);
        var settings = MusicSettings.From(_parameters, _texts);
        if (!_planner.Begin(_transport.Epoch, _recorder.ToMotif(endPpq), _captureOffsetPpq, CandidateNow, settings, _transport.Offline))
        {
            Phase = EnginePhase.Waiting;
            return;
        }
        Phase = EnginePhase.Answering;
        ChangeContent();
        _endRequested = false;
        _answerEndPpq = double.PositiveInfinity;
        _nextDecisionPpq = endPpq;
        _revisionPpq = double.PositiveInfinity;
    }

    /// <summary>At the start of the last planned bar: plans the one after it, or lets the answer end.</summary>
    private void DecideNextBar()
    {
        if (_nextDecisionPpq >= _answerEndPpq - TransportSnapshot.ResolutionPpq)
        {
            EndAnswer();
            return;
        }
        var settings = MusicSettings.From(_parameters, _texts);
        if (_endRequested || (IsLongEnough(settings) && !settings.Freeze))
        {
            _answerEndPpq = _planner.PlannedUntilPpq;
            _nextDecisionPpq = _answerEndPpq;
            return;
        }
        _nextDecisionPpq = _planner.PlannedUntilPpq;
        _planner.PlanNext(_transport.Epoch, CandidateNow, settings, _transport.Offline);
        _revisionPpq = _nextDecisionPpq - Math.Min(RevisionLeadPpq, _transport.Meter.BarPpq / 2);
        ChangeContent();
    }

    /// <summary>A moment before the next bar: what was changed since it was planned changes it now.</summary>
    private void ReviseNextBar()
    {
        _revisionPpq = double.PositiveInfinity;
        if (_planner.ReviseLast(_transport.Epoch, CandidateNow, MusicSettings.From(_parameters, _texts), _transport.Offline))
            ChangeContent();
    }

    private int CandidateNow => _parameters.Index(ParameterId.Candidate) - 1;

    private bool IsLongEnough(in MusicSettings settings) =>
        settings.AnswerBarsFor(_planner.Motif?.Bars ?? 1) is { } bars && _planner.BarCount >= bars;

    private void EndAnswer()
    {
        var listensAgain = IsListening && !_endRequested && MusicSettings.From(_parameters, _texts).Mode == AnswerMode.CallAndResponse;
        Phase = listensAgain ? EnginePhase.Waiting : EnginePhase.Idle;
        // From its end on the answer is a clip: a loop that comes back to it plays it again.
        _retained.Start(_planner.Bars, _transport, _answerEndPpq - _transport.PassOffsetPpq);
    }

    private void PlayRetained()
    {
        if (Phase is not (EnginePhase.Idle or EnginePhase.Waiting))
            return;
        var nextBarPpq = _transport.BarLineAtOrAfter(_transport.BlockEndPpq);
        _retained.Feed(_transport, _planner.PlanId, nextBarPpq + _transport.Meter.BarPpq, Final(nextBarPpq));
        _horizonPpq = Math.Max(_horizonPpq, Final(nextBarPpq));
    }

    private void PublishHorizon()
    {
        var horizonPpq = Phase switch
        {
            EnginePhase.Answering => Math.Max(AnswerHorizonPpq(), Final(_transport.BarLineAtOrAfter(_transport.BlockEndPpq))),
            EnginePhase.Capturing => Final(Math.Min(_captureEndPpq, _transport.BarLineAtOrAfter(_transport.BlockEndPpq))),
            _ => Final(_transport.BarLineAtOrAfter(_transport.BlockEndPpq)),
        };
        if (horizonPpq <= _publishedHorizonPpq)
            return;
        _horizonPpq = horizonPpq;
        _publishedHorizonPpq = horizonPpq;
        _sink.SendHorizon(_transport.Epoch, _planner.PlanId, horizonPpq);
    }

    /// <summary>
    /// In real time the silence of the first bar after the answer is planned as well: the engine's thread notices the
    /// end a moment after the audio thread. Offline the audio thread waits, because a loop may bring the answer back.
    /// </summary>
    private double AnswerHorizonPpq() =>
        _transport.Offline || double.IsPositiveInfinity(_answerEndPpq) ? FinalUntilPpq() : _answerEndPpq + _transport.Meter.BarPpq;

    /// <summary>Offline nobody may play a bar that can still be revised.</summary>
    private double FinalUntilPpq() => _transport.Offline && !double.IsPositiveInfinity(_revisionPpq) ? _nextDecisionPpq : _planner.PlannedUntilPpq;

    /// <summary>A horizon at a bar line lets the block that ends there, give or take rounding, pass without waiting.</summary>
    private static double Final(double barLinePpq) => barLinePpq + (2 * TransportSnapshot.ResolutionPpq);

    /// <summary>Real time: prefills the model while the player plays, and plans the first bar before the motif ends.</summary>
    private void WorkAhead()
    {
        if (Phase != EnginePhase.Capturing || _recorder.Count == 0)
            return;
        var settings = MusicSettings.From(_parameters, _texts);
        var endPpq = double.IsPositiveInfinity(_captureEndPpq) ? _nextSilenceCheckPpq : _captureEndPpq;
        var leftPpq = endPpq - _transport.BlockEndPpq;
        var leadPpq = Math.Max(SpeculationLeadPpq, SpeculationLeadSeconds * _transport.TempoBpm / 60);
        if (leftPpq > Math.Max(leadPpq, _transport.Meter.BarPpq))
        {
            Prefill(endPpq, settings);
            return;
        }
        if (double.IsPositiveInfinity(_captureEndPpq) && !IsSilentBarBefore(endPpq))
        {
            _planner.Withdraw(_transport.Epoch);
            return;
        }
        var withModel = leftPpq <= leadPpq;
        if (!_planner.HasSpeculated(_recorder.Version, CandidateNow, settings, withModel))
            _planner.Speculate(_transport.Epoch, _recorder.Version, _recorder.ToMotif(endPpq), _captureOffsetPpq, CandidateNow, settings, withModel);
    }

    private void Prefill(double endPpq, in MusicSettings settings)
    {
        if (_prefilledVersion == _recorder.Version)
            return;
        _prefilledVersion = _recorder.Version;
        _planner.Prefill(_recorder.ToSettledMotif(endPpq), settings);
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
            _endRequested = true;
            return;
        }
        _planner.Withdraw(_transport.Epoch);
        Phase = EnginePhase.Idle;
    }

    private void ClearAll()
    {
        EndEverything();
        Put(null, []);
        ChangeContent();
    }

    private void EndEverything()
    {
        _planner.Withdraw(_transport.Epoch);
        _retained.Stop();
        Phase = _transport.Playing && IsListening ? EnginePhase.Waiting : EnginePhase.Idle;
        _sink.SendCancel(_transport.Epoch, _planner.NextPlanId());
    }

    private void ListenAgain()
    {
        if (!_transport.Playing)
            return;
        Phase = IsListening ? EnginePhase.Waiting : EnginePhase.Idle;
        _retained.Start(_planner.Bars, _transport, _transport.ProjectPpq);
    }

    private void ApplyProgram(int index)
    {
        if (index < 0 || index >= FactoryPrograms.All.Count)
            return;
        foreach (var (key, plain) in FactoryPrograms.All[index].Values)
        {
            if (ParameterTable.Find(key) is { } definition)
                SetParameter(definition.Id, definition.ToNormalised(plain));
        }
    }
}
