using MidiMuse.Engine;
using MidiMuse.Engine.Clips;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Presets;

namespace MidiMuse.Editor;

/// <summary>An instance inside a host, as the view reads and moves it. [ui]</summary>
public sealed class HostedEditor : IEditorSource, IEditorActions
{
    private const string SayVerb = "say";

    private readonly IEngineControl _engine;
    private readonly IEditorHost _host;
    private readonly Action<string> _beginFileDrag;
    private readonly OriginalityWatch _originality;
    private EditorModel _model;
    private string _reply = "";

    private HostedEditor(IEngineControl engine, IEditorHost host, Action<string> beginFileDrag)
    {
        _engine = engine;
        _host = host;
        _beginFileDrag = beginFileDrag;
        _originality = new OriginalityWatch(engine);
        _model = new EditorModel { HostName = host.Name, Instance = engine.Snapshot() };
    }

    public EditorModel Model
    {
        get
        {
            var snapshot = _engine.Snapshot();
            var counters = _engine.Counters;
            var originality = _originality.Of(snapshot);
            var isShown = ReferenceEquals(snapshot, _model.Instance) && counters.LateNotes == _model.LateNotes
                && counters.FallbackBars == _model.FallbackBars && counters.OutputDrops == _model.RefusedEvents
                && ReferenceEquals(originality, _model.Originality);
            if (!isShown)
                _model = _model with { Instance = snapshot, LateNotes = counters.LateNotes, FallbackBars = counters.FallbackBars, RefusedEvents = counters.OutputDrops, Originality = originality };
            return _model;
        }
    }

    public bool HasHostMenu => _host.HasMenu;

    /// <summary>What an <see cref="EditorSession"/> makes its view with.</summary>
    /// <param name="settings">Null for the player's own, which are kept where they are changed.</param>
    public static Func<Action<string>, EditorView> ViewOf(IEngineControl engine, IEditorHost host, EditorSettings? settings = null) => beginFileDrag =>
    {
        var editor = new HostedEditor(engine, host, beginFileDrag);
        var view = new EditorView(editor, editor, settings ?? EditorSettingsFile.Read());
        if (settings is null)
            view.SettingsChanged += EditorSettingsFile.Write;
        return view;
    };

    public bool TryReadTransport(out TransportSnapshot transport) => _engine.TryReadTransport(out transport);

    /// <summary>The host's value; what only the engine knows comes from there.</summary>
    public double Parameter(uint id) => ParameterTable.Find(id) is { ReadOnly: true } ? _engine.Parameters.Normalised(id) : _host.Parameter(id);

    public void BeginEdit(uint id) => _host.BeginEdit(id);

    public void PerformEdit(uint id, double normalised) => _host.PerformEdit(id, normalised);

    public void EndEdit(uint id) => _host.EndEdit(id);

    public void ShowHostMenu(uint id, int x, int y) => _host.ShowMenu(id, x, y);

    public void Audition(AuditionedNote note) => _engine.Audition(note);

    public void EndAudition() => _engine.EndAudition();

    public IReadOnlyList<string> PresetNames() => PresetFolder.Names();

    /// <summary>The engine's reply can take as long as a bar in the making: this thread does not wait for it.</summary>
    public void LoadPreset(string name) => ThreadPool.QueueUserWorkItem(_ =>
    {
        var reply = PresetFile.Load(_engine, PresetFolder.FileOf(name));
        Volatile.Write(ref _reply, reply.Ok ? $"Preset {name} is loaded." : reply.Message ?? $"Preset {name} could not be loaded.");
    });

    public string SavePreset(string name)
    {
        var path = PresetFolder.FileOf(name);
        var reply = InFolderOf(path, () => PresetFile.Save(_engine, path));
        return reply.Ok ? $"Preset {Path.GetFileNameWithoutExtension(path)} is saved." : reply.Message ?? "It could not be saved.";
    }

    public string Reply => Volatile.Read(ref _reply);

    public bool CanSay { get; } = CommandTable.All.Any(command => command.Verb == SayVerb);

    /// <summary>The engine's reply can take as long as a bar in the making: this thread does not wait for it.</summary>
    public void Say(string words) => ThreadPool.QueueUserWorkItem(_ =>
    {
        var reply = CommandTable.Run(_engine, $"{SayVerb} {words}");
        Volatile.Write(ref _reply, reply.Message ?? (reply.Ok ? "Done." : "That was not understood."));
    });

    public void Post(EngineCommand command) => _engine.Post(command);

    public string? ExportAnswer()
    {
        var path = ExportFolder.NewFile();
        return Write(path).Ok ? path : null;
    }

    public string SaveAnswer(string path)
    {
        var reply = Write(path);
        return reply.Ok ? $"Saved as {path}." : reply.Message ?? "It could not be saved.";
    }

    public string ProposeFile() => ExportFolder.NewFile();

    public void BeginFileDrag(string path) => _beginFileDrag(path);

    private CommandReply Write(string path) => InFolderOf(path, () => ClipFiles.Save(_engine, path, withMotif: false));

    private static CommandReply InFolderOf(string path, Func<CommandReply> write)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return CommandReply.Refused(exception.Message);
        }
        return write();
    }
}
