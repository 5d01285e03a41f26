using MidiMuse.Core.Clips;
using MidiMuse.Core.Time;
using MidiMuse.Editor;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Host.Pictures;

/// <summary>What a picture of the editor can show.</summary>
public enum EditorState
{
    Empty,
    Waiting,
    Capturing,
    Answering,
    Finished,
    Error,
}

/// <summary>
/// A moment of a session for a picture: the engine and its model at work on a motif, in musical time and without a
/// host. Nothing in it is drawn by hand.
/// </summary>
internal sealed class EditorScene : IEditorSource, IEditorActions
{
    private const string MissingModel = "The model file models/lstm/model.json is missing. Install MidiMuse again; until then your MIDI passes through.";

    private readonly FakeHost _host;

    private EditorScene(FakeHost host, EditorModel model, bool isPlaying)
    {
        _host = host;
        Model = model;
        IsPlaying = isPlaying;
    }

    public EditorModel Model { get; }

    public bool HasHostMenu => false;

    private bool IsPlaying { get; }

    /// <param name="model">Null for a picture of what happens without one.</param>
    public static EditorScene Play(Clip motif, EditorState state, int bars, IContinuationModel? model, string hostName)
    {
        var meter = motif.Meters.Count > 0 ? motif.Meters[0].Meter : Meter.CommonTime;
        var host = new FakeHost(model) { Meter = meter };
        var notes = motif.Notes.Select(note => ToTimeline(motif, note)).ToArray();
        var motifBars = Math.Max(1, (int)Math.Ceiling((notes.Max(note => note.OnsetPpq) + 0.01) / meter.BarPpq));
        host.Set(ParameterId.Capture, CaptureOf(motifBars));
        host.Set(ParameterId.AnswerLength, bars);
        if (state is not (EditorState.Empty or EditorState.Error))
            host.Set(ParameterId.Arm, 1);
        if (state is EditorState.Capturing or EditorState.Answering or EditorState.Finished)
        {
            host.Schedule(notes);
            host.Start();
            host.PlayTo(StopPpq(state, CaptureBarsOf(motifBars) * meter.BarPpq, bars * meter.BarPpq));
        }
        return new EditorScene(host, ModelOf(host, model is null ? MissingModel : null, hostName), state is EditorState.Capturing or EditorState.Answering);
    }

    public bool TryReadTransport(out TransportSnapshot transport)
    {
        var barPpq = _host.Meter.BarPpq;
        transport = new TransportSnapshot
        {
            BlockStartPpq = _host.PositionPpq,
            BlockEndPpq = _host.PositionPpq,
            ProjectPpq = _host.PositionPpq,
            BarStartPpq = Math.Floor(_host.PositionPpq / barPpq) * barPpq,
            TempoBpm = 120,
            Meter = _host.Meter,
            Playing = IsPlaying,
        };
        return true;
    }

    public double Parameter(uint id) => _host.Parameters.Normalised(id);

    void IEditorActions.BeginEdit(uint id)
    {
    }

    void IEditorActions.PerformEdit(uint id, double normalised) => _host.Loop.SetParameter(id, normalised);

    void IEditorActions.EndEdit(uint id)
    {
    }

    void IEditorActions.ShowHostMenu(uint id, int x, int y)
    {
    }

    void IEditorActions.Post(EngineCommand command)
    {
    }

    string IEditorSource.Reply => "";

    bool IEditorActions.CanSay => CommandTable.All.Any(command => command.Verb == "say");

    void IEditorActions.Say(string words)
    {
    }

    string IEditorActions.SaveAnswer(string path) => "";

    string IEditorActions.ProposeFile() => "";

    string? IEditorActions.ExportAnswer() => null;

    void IEditorActions.BeginFileDrag(string path)
    {
    }

    private static EditorModel ModelOf(FakeHost host, string? problem, string hostName) => new()
    {
        Instance = host.Loop.View(problem),
        HostName = hostName,
        FallbackBars = host.FallbackBarsHeard,
    };

    private static TimelineNote ToTimeline(Clip clip, in ClipNote note) => new(
        clip.ToPpq(note.OnsetTick), clip.ToPpq(note.EndTick), (byte)note.Channel, (byte)note.Pitch, (byte)note.Velocity);

    /// <summary>The shortest Capture choice that holds the motif.</summary>
    private static int CaptureOf(int motifBars)
    {
        for (var i = 1; i < ParameterTable.CaptureBars.Count; i++)
        {
            if (ParameterTable.CaptureBars[i] >= motifBars)
                return i;
        }
        return 0;
    }

    private static int CaptureBarsOf(int motifBars) => ParameterTable.CaptureBars[CaptureOf(motifBars)] is var bars and > 0 ? bars : motifBars + 1;

    private static double StopPpq(EditorState state, double motifPpq, double answerPpq) => state switch
    {
        EditorState.Capturing => motifPpq * 0.7,
        EditorState.Answering => motifPpq + (answerPpq * 0.45),
        _ => motifPpq + answerPpq + 1,
    };
}
