using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Midi;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.State;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// Works through what was played and the points where something must be decided in the order of their positions, so what
/// is decided (<see cref="MotifCycle"/>) depends on the music alone, not on block sizes or on when it runs. [engine]
/// </summary>
/// <remarks>
/// In real time the first bar of an answer is also planned ahead of the motif's end (<see cref="Anticipation"/>), because its
/// first note is due on that very bar line.
/// </remarks>
public sealed class EngineLoop
{
    private readonly EngineMoment _moment;
    private readonly ICommandSink _sink;
    private readonly IContinuationModel? _model;
    private readonly MotifCapture _capture;
    private readonly AnswerOutput _output;
    private readonly MotifCycle _cycle;
    private readonly Anticipation _anticipation;
    private readonly SpareTimeWork _spareTime;
    private readonly CommandExecutor _commands;
    private readonly InputBuffer _inputs = new();
    private double _workedPpq = double.NegativeInfinity;

    public EngineLoop(ParameterValues parameters, TextValues texts, IContinuationModel? model, ICommandSink sink, IPlanClock clock)
    {
        _sink = sink;
        _model = model;
        _moment = new EngineMoment(parameters, texts, model is not null);
        var composer = new BarComposer(model);
        Planner = new AnswerPlanner(composer, new CurrentAnswer(), sink, clock);
        Editor = new AnswerEditor(_moment, Planner, composer, model?.Identity);
        _capture = new MotifCapture(parameters);
        _output = new AnswerOutput(_moment, Planner, sink);
        _cycle = new MotifCycle(_moment, Planner, Editor, _capture, _output);
        _anticipation = new Anticipation(Planner, _capture);
        _spareTime = new SpareTimeWork(_moment, Planner, composer, Editor, _cycle, _output, clock);
        _commands = new CommandExecutor(_moment, Planner, Editor, _capture, _cycle, new LoadedMotif(_moment, Planner, Editor, _capture, _cycle), _spareTime, Controllers, sink);
    }

    public EnginePhase Phase => _moment.Phase;

    public long Version => _moment.Version;

    public long ContentVersion => _moment.ContentVersion;

    public AnswerPlanner Planner { get; }

    public AnswerEditor Editor { get; }

    public TextValues Texts => _moment.Texts;

    public ParameterValues Parameters => _moment.Parameters;

    public ControllerMap Controllers { get; } = new();

    public TrainingLikenesses Likenesses { get; } = new();

    public TempoTrack Tempos { get; } = new();

    public Motif? MotifInTheMaking => _cycle.MotifInTheMaking;

    /// <summary>How well the last sung motif was heard; null before there was one.</summary>
    public AudioReport? Audio => _capture.Audio;

    public bool HasInputs => _inputs.TryPeek(out _);

    public MusicSettings Settings => _moment.Settings;

    public int Candidate => _moment.Candidate;

    /// <summary>How many bars the answer will have, as far as that is known.</summary>
    public int BarsWanted => _cycle.BarsWanted(Settings);

    /// <summary>How many bars beyond the transport's position are planned.</summary>
    public double BarsAhead => _cycle.BarsAhead;

    public void Enqueue(in InputEvent input) => _inputs.Add(input);

    /// <summary>Audio of the input, as the link hands it over. // samples [chunk.Count] f32</summary>
    public void EnqueueAudio(ReadOnlySpan<float> samples, in AudioChunk chunk) => _capture.EnqueueAudio(samples, chunk);

    public EngineSnapshot View(string? problem) => SnapshotBuilder.Build(this, _model, problem);

    /// <summary>Works up to what the audio thread has heard. Inputs of the transport's blocks must have been enqueued.</summary>
    /// <returns>True where there is more to make in spare time.</returns>
    public bool Advance(in TransportSnapshot transport)
    {
        if (!_moment.HasStarted || transport.Epoch != _moment.Transport.Epoch)
            BeginEpoch(transport);
        else if (transport.GridGeneration != _moment.Transport.GridGeneration)
            ChangeGrid(transport);
        _moment.Transport = transport;
        _sink.UseGrid(transport.GridGeneration);
        if (!transport.Playing)
        {
            _moment.NowPpq = transport.BlockEndPpq;
            ApplyAllInputs();
            _capture.DiscardAudio(transport.Epoch, double.PositiveInfinity);
            return _spareTime.Work();
        }
        Tempos.Note(transport.ProjectPpq, transport.TempoBpm);
        WorkUntil(transport.BlockEndPpq);
        if (!_capture.ListensToAudio)
            _capture.DiscardAudio(transport.Epoch, transport.BlockEndPpq);
        _output.Play();
        _output.PublishHorizon(_cycle.HorizonPpq);
        if (!transport.Offline && Phase == EnginePhase.Capturing)
            _anticipation.Work(transport, Candidate, Settings);
        return _spareTime.Work();
    }

    /// <summary>Applies a parameter outside of the audio thread's stream.</summary>
    public void SetParameter(uint id, double normalised) => _commands.SetParameter(id, normalised);

    /// <summary>Applies the settings and commands among the inputs that wait, when no transport says where they belong.</summary>
    public void ApplyWithoutTransport()
    {
        while (_inputs.TryPeek(out _))
            ApplyNextLate();
        _spareTime.Finish();
    }

    /// <summary>Applies the settings and commands that wait before the first note; that one belongs to a transport still to come.</summary>
    public void ApplyUntilFirstNote()
    {
        while (_inputs.TryPeek(out var input) && input.Kind is not (InputKind.NoteOn or InputKind.NoteOff))
            ApplyNextLate();
        _spareTime.Finish();
    }

    /// <summary>Puts back what a state holds; what was going on ends.</summary>
    public void Restore(ReadState? state)
    {
        _cycle.End();
        _capture.ReleasePedals(_moment.NowPpq);
        RestoredAnswer.Put(state, Planner, Settings.ForBars());
        Editor.Restore(state?.History ?? []);
        Controllers.Restore(state?.Controllers ?? []);
        Tempos.Restore(state?.Tempos ?? []);
        Texts.Replace(state?.Texts ?? Texts.All.Clear());
        _moment.ChangeContent();
        if (_moment.Transport.Playing)
            _output.Start(_moment.Transport.ProjectPpq);
    }

    private static bool IsBefore(double ppq, double decisionPpq) => ppq <= decisionPpq + TransportSnapshot.ResolutionPpq;

    private static bool IsOlder(uint epoch, uint than) => unchecked((int)(epoch - than)) < 0;

    private void BeginEpoch(in TransportSnapshot transport)
    {
        while (_inputs.TryPeek(out var input) && input.Epoch != transport.Epoch && IsOlder(input.Epoch, transport.Epoch))
            ApplyNextLate();
        if (Phase == EnginePhase.Answering)
            Editor.RememberNow();
        _moment.HasStarted = true;
        _moment.Transport = transport;
        _moment.NowPpq = transport.BlockStartPpq;
        _output.BeginEpoch();
        Planner.Withdraw(transport.Epoch);
        _capture.StopListening();
        _workedPpq = double.NegativeInfinity;
        _moment.Rest();
        if (transport.Playing && !_moment.IsBypassed)
            _output.Start(transport.ProjectPpq);
    }

    private void ChangeGrid(in TransportSnapshot transport)
    {
        _output.ForgetHorizon();
        if (Phase == EnginePhase.Answering)
        {
            // What was still to be decided before the change belongs to the old grid: a horizon of the new one would
            // let the audio thread into bars that are about to be cut.
            WorkUntil(transport.BarStartPpq);
            if (Phase != EnginePhase.Answering)
                return; // the answer was over by then
            _sink.UseGrid(transport.GridGeneration);
        }
        _cycle.Regrid(transport);
    }

    private void WorkUntil(double untilPpq)
    {
        while (true)
        {
            FollowAudio();
            var decisionPpq = _cycle.NextDecisionPpq;
            var audioPpq = _capture.NextAudioStepPpq;
            var inputLimitPpq = _capture.ListensToAudio ? Math.Min(Math.Min(decisionPpq, audioPpq), untilPpq) : decisionPpq;
            if (_inputs.TryPeek(out var input) && !IsOlder(_moment.Transport.Epoch, input.Epoch) && IsBefore(input.TimelinePpq, inputLimitPpq))
            {
                _moment.NowPpq = input.TimelinePpq;
                _output.PlayAsItWas();
                ApplyNext();
                _workedPpq = Math.Max(_workedPpq, input.TimelinePpq);
            }
            else if (IsBefore(audioPpq, untilPpq) && audioPpq <= decisionPpq)
            {
                _moment.NowPpq = audioPpq;
                _cycle.HearAudio();
                _workedPpq = audioPpq;
            }
            else if (decisionPpq < untilPpq - TransportSnapshot.ResolutionPpq)
            {
                _moment.NowPpq = decisionPpq;
                _cycle.Decide();
                _workedPpq = Math.Max(_workedPpq, decisionPpq);
            }
            else
            {
                _moment.NowPpq = Math.Max(_moment.NowPpq, untilPpq);
                _workedPpq = Math.Max(_workedPpq, untilPpq);
                return;
            }
        }
    }

    /// <summary>Audio is heard while a motif is waited for or captured, from the position on at which that began.</summary>
    private void FollowAudio()
    {
        var wanted = Phase is EnginePhase.Waiting or EnginePhase.Capturing && Parameters.IsOn(ParameterId.AudioMotif);
        _capture.ListenToAudio(wanted, _moment.Transport.Epoch, _workedPpq);
    }

    private void ApplyNext()
    {
        _inputs.TryTake(out var input);
        if (input.Kind is not (InputKind.NoteOn or InputKind.NoteOff))
            Apply(input);
        else if (IsHeard(input.Channel))
            _cycle.Play(input);
    }

    /// <summary>An input of an epoch that is over: settings count, notes do not.</summary>
    private void ApplyNextLate()
    {
        _inputs.TryTake(out var input);
        Apply(input);
    }

    private void ApplyAllInputs()
    {
        while (_inputs.TryPeek(out var input) && !IsOlder(_moment.Transport.Epoch, input.Epoch))
            ApplyNextLate();
    }

    /// <summary>Anything but a note.</summary>
    private void Apply(in InputEvent input)
    {
        if (input.Kind == InputKind.Parameter)
            SetParameter(input.ParameterId, input.Value);
        else if (input.Kind == InputKind.Control)
            MoveController(input);
        else if (input.Posted is { } posted)
            posted.Complete(_commands.Execute(posted.Command));
    }

    private void MoveController(in InputEvent input)
    {
        const byte Sustain = 64;
        if (input.Data1 == Sustain && Parameters.IsOn(ParameterId.SustainPedal) && IsHeard(input.Channel))
            _capture.MovePedal(input);
        if (Controllers.TryLearn(input.Channel, input.Data1))
            _moment.ChangeContent();
        foreach (var mapping in Controllers.Mappings)
        {
            if (mapping.Channel == input.Channel && mapping.Controller == input.Data1)
                _commands.SetAndTell(mapping.ParameterId, input.Value);
        }
    }

    private bool IsHeard(byte channel) => Parameters.Index(ParameterId.InputChannel) is var filter && (filter == 0 || filter == channel + 1);
}
