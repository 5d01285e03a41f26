using MidiMuse.Core.Clips;
using MidiMuse.Core.Originality;
using MidiMuse.Core.Time;
using MidiMuse.Editor;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Clips;
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

    /// <summary>Several answers, of which another one than the chosen is pointed at.</summary>
    Candidates,

    /// <summary>The answer follows typed chords.</summary>
    Chords,
    Finished,
    Error,
}

/// <summary>
/// A moment of a session for a picture: the engine and its model at work on a motif, in musical time and without a
/// host. Nothing in it is drawn by hand.
/// </summary>
internal sealed class EditorScene : IEditorSource, IEditorActions
{
    private const string MissingModel = "The model file models/transformer/model.json is missing. Install MidiMuse again; until then your MIDI passes through.";

    /// <summary>What the picture of the chord lane is made with.</summary>
    private const string TypedChords = "D | Bm7 | Em7 A7 | D";

    private readonly FakeHost _host;

    private EditorScene(FakeHost host, EditorModel model, bool isPlaying)
    {
        _host = host;
        Model = model;
        IsPlaying = isPlaying;
        PlayheadPpq = host.PositionPpq;
    }

    public EditorModel Model { get; }

    public FakeHost Host => _host;

    /// <summary>Where the transport is shown to be.</summary>
    public double PlayheadPpq { get; set; }

    public bool HasHostMenu => false;

    private bool IsPlaying { get; }

    /// <param name="model">Null for a picture of what happens without one.</param>
    /// <param name="trainingMusic">For the originality of the answer; null leaves it out.</param>
    public static EditorScene Play(Clip motif, EditorPictureOrder order, IContinuationModel? model, OriginalityIndex? trainingMusic)
    {
        var (state, bars) = (order.State, order.Bars);
        var meter = motif.Meters.Count > 0 ? motif.Meters[0].Meter : Meter.CommonTime;
        var host = new FakeHost(model) { Meter = meter };
        var notes = motif.Notes.Select(note => ToTimeline(motif, note)).ToArray();
        var motifBars = Math.Max(1, (int)Math.Ceiling((notes.Max(note => note.OnsetPpq) + 0.01) / meter.BarPpq));
        host.Set(ParameterId.Capture, CaptureOf(motifBars));
        host.Set(ParameterId.AnswerLength, bars);
        if (state is not (EditorState.Empty or EditorState.Error))
            host.Set(ParameterId.Arm, 1);
        if (state == EditorState.Chords)
            host.Do(new SetText(TextTable.Chords, TypedChords));
        if (state is not (EditorState.Empty or EditorState.Waiting or EditorState.Error))
        {
            host.Schedule(notes);
            host.Start();
            host.PlayTo(StopPpq(state, CaptureBarsOf(motifBars) * meter.BarPpq, bars * meter.BarPpq));
            if (state is EditorState.Candidates or EditorState.Finished)
            {
                host.Offline = false; // candidates are made ahead in real time only
                host.WorkInSpareTime();
            }
        }
        var isPlaying = state is EditorState.Capturing or EditorState.Answering or EditorState.Candidates or EditorState.Chords;
        return new EditorScene(host, ModelOf(host, model is null ? MissingModel : null, order.HostName, trainingMusic), isPlaying);
    }

    public bool TryReadTransport(out TransportSnapshot transport)
    {
        var barPpq = _host.Meter.BarPpq;
        transport = new TransportSnapshot
        {
            BlockStartPpq = PlayheadPpq,
            BlockEndPpq = PlayheadPpq,
            ProjectPpq = PlayheadPpq,
            BarStartPpq = Math.Floor(PlayheadPpq / barPpq) * barPpq,
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

    void IEditorActions.Audition(AuditionedNote note)
    {
    }

    void IEditorActions.EndAudition()
    {
    }

    IReadOnlyList<string> IEditorActions.PresetNames() => [];

    void IEditorActions.LoadPreset(string name)
    {
    }

    string IEditorActions.SavePreset(string name) => "";

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

    private static EditorModel ModelOf(FakeHost host, string? problem, string hostName, OriginalityIndex? trainingMusic)
    {
        var instance = host.Loop.View(problem);
        return new EditorModel
        {
            Instance = instance,
            HostName = hostName,
            FallbackBars = host.FallbackBarsHeard,
            Originality = trainingMusic is null ? null : AnswerOriginality.Of(AnswerClip.OriginalityOf(instance, trainingMusic), trainingMusic),
        };
    }

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
        EditorState.Answering or EditorState.Candidates or EditorState.Chords => motifPpq + (answerPpq * 0.45),
        _ => motifPpq + answerPpq + 1,
    };
}
