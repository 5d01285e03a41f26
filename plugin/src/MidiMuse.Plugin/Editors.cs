using MidiMuse.Editor;
using MidiMuse.Editor.Drawing;
using MidiMuse.Engine;
using MidiMuse.Engine.Clips;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using MidiMuse.Plugin.Abi;

namespace MidiMuse.Plugin;

/// <summary>The open editors of this process. Like <see cref="Instances"/>, the bridge holds numbers. [main]</summary>
internal static class Editors
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<nint, EditorSession> ByHandle = [];
    private static nint _lastHandle;

    /// <summary>False where the editor has no window on this system.</summary>
    public static AbiResult Measure(double scale, out AbiEditorSize size)
    {
        size = default;
        if (!EditorSession.IsSupported)
            return AbiResult.False;
        int Pixels(int logical) => (int)Math.Round(logical * Math.Clamp(scale, 0.5, 8));
        size = new AbiEditorSize
        {
            Width = Pixels(EditorView.DefaultWidth),
            Height = Pixels(EditorView.DefaultHeight),
            SmallestWidth = Pixels(EditorView.SmallestWidth),
            SmallestHeight = Pixels(EditorView.SmallestHeight),
        };
        return AbiResult.Ok;
    }

    public static nint Open(EngineInstance engine, in AbiEditorHost host, nint parent, int width, int height, double scale)
    {
        SkiaLibrary.UseDirectory(Instances.BundleDirectory);
        var bridge = new BridgeEditorHost(host);
        var session = EditorSession.Open(parent, width, height, scale, HostedEditor.ViewOf(engine, bridge));
        session.FileDragEnded += wasTaken => OnFileDragEnded(engine, wasTaken);
        session.FilesDropped += paths => OnFilesDropped(engine, paths);
        lock (Gate)
        {
            var handle = ++_lastHandle;
            ByHandle.Add(handle, session);
            return handle;
        }
    }

    /// <summary>What was taken is a clip now; played by the instance as well it would sound twice.</summary>
    public static void OnFileDragEnded(EngineInstance engine, bool wasTaken)
    {
        if (wasTaken && engine.Parameters.Normalised(ParameterId.StopAfterDrag) >= 0.5)
            engine.Post(new StopAfterCommit());
    }

    /// <summary>The engine's reply can take as long as a bar in the making: the editor does not wait for it.</summary>
    public static void OnFilesDropped(EngineInstance engine, IReadOnlyList<string> paths) =>
        ThreadPool.QueueUserWorkItem(_ => ClipFiles.LoadMotif(engine, paths[0]));

    public static AbiResult Close(nint handle)
    {
        EditorSession? session;
        lock (Gate)
        {
            if (!ByHandle.Remove(handle, out session))
                return AbiResult.InvalidArgument;
        }
        session.Dispose();
        return AbiResult.Ok;
    }

    public static AbiResult With(nint handle, Action<EditorSession> call)
    {
        if (Find(handle) is not { } session)
            return AbiResult.InvalidArgument;
        call(session);
        return AbiResult.Ok;
    }

    /// <summary>The editor takes keys only while text is typed: everything else, such as the space bar, is the host's.</summary>
    public static AbiResult SendKey(nint handle, uint character, int virtualKey, int modifiers)
    {
        if (Find(handle) is not { } session)
            return AbiResult.InvalidArgument;
        if (!session.WantsKeyboard)
            return AbiResult.False;
        session.SendKey(Vst3Keys.ToInput(character, virtualKey, modifiers));
        return AbiResult.Ok;
    }

    private static EditorSession? Find(nint handle)
    {
        lock (Gate)
            return ByHandle.GetValueOrDefault(handle);
    }
}
