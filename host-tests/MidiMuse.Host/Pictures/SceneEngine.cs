using System.Collections.Concurrent;
using MidiMuse.Core.Clips;
using MidiMuse.Core.Originality;
using MidiMuse.Core.Smf;
using MidiMuse.Editor;
using MidiMuse.Engine;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Host.Pictures;

/// <summary>
/// A scene whose engine goes on working, on a thread of its own, so that the window stays lively while a bar is made.
/// It is its own host: what the editor sets is set.
/// </summary>
internal sealed class SceneEngine : IEngineControl, IEditorHost, IDisposable
{
    private readonly EditorPictureOrder _order;
    private readonly IContinuationModel? _model;
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private EditorScene _scene;
    private EngineSnapshot _snapshot;

    public SceneEngine(EditorPictureOrder order, IContinuationModel? model, OriginalityIndex? trainingMusic, Clip motif)
    {
        (_order, _model, TrainingMusic) = (order, model, trainingMusic);
        _scene = EditorScene.Play(motif, order, model, null);
        _snapshot = _scene.Model.Instance;
        _thread = new Thread(Work) { IsBackground = true, Name = "engine" };
        _thread.Start();
    }

    public OriginalityIndex? TrainingMusic { get; }

    public ParameterValues Parameters => Scene.Host.Parameters;

    public AudioCounters Counters => default;

    string IEditorHost.Name => _order.HostName;

    bool IEditorHost.HasMenu => false;

    private EditorScene Scene => Volatile.Read(ref _scene);

    public EngineSnapshot Snapshot() => Volatile.Read(ref _snapshot);

    public bool TryReadTransport(out TransportSnapshot transport) => Scene.TryReadTransport(out transport);

    public void Post(EngineCommand command) => _work.Add(() => Do(command));

    public CommandReply Run(EngineCommand command)
    {
        var reply = new TaskCompletionSource<CommandReply>();
        _work.Add(() => reply.SetResult(Do(command)));
        return reply.Task.Result;
    }

    /// <summary>Another motif, from a file; one that cannot be read is named and left alone.</summary>
    public void Load(string path) => _work.Add(() =>
    {
        try
        {
            using var stream = File.OpenRead(path);
            var clip = ClipReader.Read(stream);
            if (!clip.Notes.Any())
                return;
            Volatile.Write(ref _scene, EditorScene.Play(clip, _order with { State = EditorState.Finished }, _model, null));
            Publish();
            Console.WriteLine($"the motif is {path}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SmfException)
        {
            Console.Error.WriteLine($"{path}: {exception.Message}");
        }
    });

    double IEditorHost.Parameter(uint id) => Parameters.Normalised(id);

    void IEditorHost.BeginEdit(uint id)
    {
    }

    void IEditorHost.PerformEdit(uint id, double normalised) => Post(new SetParameter(id, normalised));

    void IEditorHost.EndEdit(uint id)
    {
    }

    void IEditorHost.ShowMenu(uint id, int x, int y)
    {
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Work()
    {
        foreach (var work in _work.GetConsumingEnumerable())
            work();
    }

    private CommandReply Do(EngineCommand command)
    {
        var reply = Scene.Host.Do(command);
        Publish();
        Scene.Host.WorkInSpareTime();
        Publish();
        return reply;
    }

    private void Publish() => Volatile.Write(ref _snapshot, Scene.Host.Loop.View(_scene.Model.Instance.Problem));
}
