using MidiMuse.Core.Clips;
using MidiMuse.Core.Originality;
using MidiMuse.Editor;
using MidiMuse.Engine.Planning;
using MidiMuse.Host.Loading;

namespace MidiMuse.Host.Pictures;

/// <summary>The editor in a window of its own, with an engine that answers clicks but no transport and no sound.</summary>
internal static class EditorWindow
{
    /// <summary>Returns when the window is closed, or with Ctrl-C.</summary>
    /// <exception cref="Vst3Exception">There is no display.</exception>
    public static void Show(Clip motif, EditorPictureOrder order, Func<IContinuationModel> loadModel, Func<OriginalityIndex?> loadTrainingMusic)
    {
        using var model = order.State == EditorState.Error ? null : loadModel();
        using var engine = new SceneEngine(order, model, loadTrainingMusic(), motif);
        using var isOver = new ManualResetEventSlim();
        using var session = Open(order, engine);
        session.CloseRequested += isOver.Set;
        session.FilesDropped += paths => engine.Load(paths[0]);
        ConsoleCancelEventHandler stop = (_, e) =>
        {
            e.Cancel = true;
            isOver.Set();
        };
        Console.CancelKeyPress += stop;
        Console.WriteLine("the editor is open; a MIDI file that is dropped on it becomes the motif");
        isOver.Wait();
        Console.CancelKeyPress -= stop;
    }

    private static EditorSession Open(EditorPictureOrder order, SceneEngine engine)
    {
        int Pixels(int logical) => (int)Math.Round(logical * order.Scale);
        try
        {
            return EditorSession.Open(0, Pixels(order.Width), Pixels(order.Height), order.Scale, HostedEditor.ViewOf(engine, engine, new EditorSettings(order.Theme)));
        }
        catch (InvalidOperationException problem)
        {
            throw new Vst3Exception($"{problem.Message} With --screenshot FILE the editor is drawn without one.");
        }
    }
}
