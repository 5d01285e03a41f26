using System.Diagnostics;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.Tests.Support;
using MidiMuse.Editor.Windows;
using MidiMuse.Editor.Windows.X11;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Tests.Windows;

/// <summary>
/// The editor in a window of another X client, which stands for the host, with the hand of xdotool. Oracle: what
/// reaches the instance, the other client and the process.
/// </summary>
[Collection(XServerTests.Name)]
public sealed class X11EditorTests(XServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [XFact]
    public void A_click_in_the_hosts_window_reaches_the_control_under_it()
    {
        using var host = new X11Window(0, EditorView.DefaultWidth, EditorView.DefaultHeight, "host");
        var instance = new FakeInstance { Model = FakeInstance.Answered() };
        using var editor = Open(instance, host.Id);
        ClickOn(instance, "arm");
        Eventually(() => instance.Parameter(ParameterId.Arm) == 1);
        Assert.Equal(["begin arm", "set arm On", "end arm"], instance.Log);
    }

    [XFact]
    public void A_value_is_typed_on_the_keyboard()
    {
        using var host = new X11Window(0, EditorView.DefaultWidth, EditorView.DefaultHeight, "host");
        var instance = new FakeInstance { Model = FakeInstance.Answered() };
        using var editor = Open(instance, host.Id);
        var knob = AreaOf("seed");
        server.Do("mousemove", (int)knob.Left + 70, (int)knob.Top + 31, "click", 1);
        Eventually(() => editor.WantsKeyboard);
        server.Do("type", "--delay", 40, "1234");
        server.Do("key", "Return");
        Eventually(() => instance.Log.Contains("set seed 1234"));
        Eventually(() => !editor.WantsKeyboard);
    }

    [XFact]
    public void The_answer_is_dragged_to_another_client_every_time()
    {
        var file = Path.Combine(Path.GetTempPath(), $"midimuse drag ä {Environment.ProcessId}.mid");
        using var host = new X11Window(0, EditorView.DefaultWidth, EditorView.DefaultHeight, "host");
        using var other = new OtherClient();
        server.Do("windowmove", other.Window.Id, EditorView.DefaultWidth + 100, 0);
        var instance = new FakeInstance { Model = FakeInstance.Answered(), ExportPath = file };
        var taken = 0;
        using var editor = Open(instance, host.Id, wasTaken => taken += wasTaken ? 1 : 0);
        var chip = AreaOf("drag");
        for (var round = 1; round <= 3; round++)
        {
            server.Do("mousemove", (int)chip.MidX, (int)chip.MidY, "mousedown", 1);
            for (var step = 1; step <= 12; step++)
                server.Do("mousemove", (int)chip.MidX + ((EditorView.DefaultWidth + 300 - (int)chip.MidX) * step / 12), (int)chip.MidY - (40 * step));
            server.Do("mouseup", 1);
            Eventually(() => other.Received.Count == round && taken == round);
        }
        Assert.All(other.Received, received => Assert.Equal(file, received));
    }

    [XFact]
    public void A_file_that_another_client_drags_in_is_taken()
    {
        var file = Path.Combine(Path.GetTempPath(), "motif ü.mid");
        var instance = new FakeInstance { Model = FakeInstance.Answered() };
        using var other = new OtherClient { FileToGive = file };
        using var editor = EditorSession.Open(0, EditorView.DefaultWidth, EditorView.DefaultHeight, 1, _ => new EditorView(instance, instance));
        List<string> dropped = [];
        editor.FilesDropped += dropped.AddRange;
        server.Do("windowmove", other.Window.Id, EditorView.DefaultWidth + 100, 0);
        server.Do("mousemove", EditorView.DefaultWidth + 200, 100);
        Eventually(() => editor.Frames > 0);
        server.Do("mousedown", 1);
        Eventually(() => other.IsGiving);
        for (var step = 1; step <= 10; step++)
            server.Do("mousemove", EditorView.DefaultWidth + 200 - (step * 70), 100 + (step * 20));
        server.Do("mouseup", 1);
        Eventually(() => dropped.Count == 1 && other.WasTaken);
        Assert.Equal(file, dropped[0]);
    }

    [XFact]
    public void A_drag_that_ends_nowhere_leaves_nothing_behind()
    {
        using var host = new X11Window(0, EditorView.DefaultWidth, EditorView.DefaultHeight, "host");
        var instance = new FakeInstance { Model = FakeInstance.Answered(), ExportPath = "/tmp/answer.mid" };
        var ended = 0;
        using var editor = Open(instance, host.Id, _ => ended++);
        var chip = AreaOf("drag");
        server.Do("mousemove", (int)chip.MidX, (int)chip.MidY, "mousedown", 1, "mousemove", (int)chip.MidX, (int)chip.MidY - 60);
        server.Do("mousemove", 2300, 1100, "mouseup", 1);
        Eventually(() => ended == 1);
        ClickOn(instance, "arm");
        Eventually(() => instance.Parameter(ParameterId.Arm) == 1);
    }

    [XFact]
    public void Two_hundred_editors_open_and_close_without_a_trace()
    {
        using var host = new X11Window(0, EditorView.DefaultWidth, EditorView.DefaultHeight, "host");
        var instance = new FakeInstance { Model = FakeInstance.Answered() };
        OpenPlain(instance, host.Id).Dispose();
        var descriptors = OpenDescriptors();
        var threads = Threads();
        for (var round = 0; round < 200; round++)
            OpenPlain(instance, host.Id).Dispose();
        // What stays for each editor would be two hundred; the runner's own threads and files may have grown by a few.
        Assert.InRange(OpenDescriptors(), 1, descriptors + 20);
        Assert.InRange(Threads(), 1, threads + 20);
    }

    [XFact]
    public void The_hosts_window_may_go_first()
    {
        var instance = new FakeInstance { Model = FakeInstance.Answered() };
        var host = new X11Window(0, EditorView.DefaultWidth, EditorView.DefaultHeight, "host");
        var editor = OpenPlain(instance, host.Id);
        Eventually(() => editor.Frames > 0);
        host.Dispose();
        instance.SetByHost(ParameterId.Arm, 1); // something to draw on a window that is no more
        Thread.Sleep(200);
        editor.Resize(900, 600);
        var closing = Stopwatch.StartNew();
        editor.Dispose();
        Assert.True(closing.Elapsed < Patience);
        Assert.Null(editor.Problem);
    }

    [XFact]
    public void Several_editors_are_drawn_at_once()
    {
        using var host = new X11Window(0, EditorView.DefaultWidth, EditorView.DefaultHeight, "host");
        var editors = Enumerable.Range(0, 4).Select(_ => OpenPlain(new FakeInstance { Model = FakeInstance.Answered() }, host.Id)).ToArray();
        // Only the topmost is shown: the others say that nobody sees them and draw when they are uncovered.
        Eventually(() => editors.Any(editor => editor.Frames > 0));
        foreach (var editor in editors)
            editor.Dispose();
        Assert.All(editors, editor => Assert.Null(editor.Problem));
    }

    private static EditorSession OpenPlain(FakeInstance instance, uint parent) =>
        EditorSession.Open((nint)parent, EditorView.DefaultWidth, EditorView.DefaultHeight, 1, _ => new EditorView(instance, instance));

    private static SKRect AreaOf(string name)
    {
        using var fixture = new ViewFixture(FakeInstance.Answered());
        return fixture.Find(name).Bounds;
    }

    private static void Eventually(Func<bool> condition)
    {
        var waiting = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waiting.Elapsed < Patience, "it did not happen");
            Thread.Sleep(10);
        }
    }

    private static int OpenDescriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Length;

    private EditorSession Open(FakeInstance instance, uint parent, Action<bool>? onDragEnded = null)
    {
        var editor = EditorSession.Open((nint)parent, EditorView.DefaultWidth, EditorView.DefaultHeight, 1, beginFileDrag =>
        {
            instance.FileDragBegan = beginFileDrag;
            return new EditorView(instance, instance);
        });
        if (onDragEnded is not null)
            editor.FileDragEnded += onDragEnded;
        server.Do("mousemove", 5, 5);
        Eventually(() => editor.Frames > 0);
        return editor;
    }

    private void ClickOn(FakeInstance instance, string name)
    {
        using var fixture = new ViewFixture(instance.Model);
        var area = fixture.Find(name).Bounds;
        server.Do("mousemove", (int)area.MidX, (int)area.MidY, "click", 1);
    }

    /// <summary>Another program with a window that takes files, on a connection and a thread of its own.</summary>
    private sealed class OtherClient : IWindowEvents, IDisposable
    {
        private readonly Thread _thread;
        private volatile bool _isClosing;

        public OtherClient()
        {
            _thread = new Thread(Work) { IsBackground = true };
            _thread.Start();
        }

        public X11Window Window { get; } = new(0, 500, 800, "other");

        public List<string> Received { get; } = [];

        /// <summary>Dragged out as soon as the button goes down; null where nothing is given.</summary>
        public string? FileToGive { get; init; }

        public bool IsGiving { get; private set; }

        public bool WasTaken { get; private set; }

        public void Dispose()
        {
            _isClosing = true;
            Window.Wake();
            _thread.Join();
            Window.Dispose();
        }

        public void OnPointerDown(in PointerInput input)
        {
            if (FileToGive is null)
                return;
            Window.BeginFileDrag(FileToGive);
            IsGiving = true;
        }

        public void OnPointerMove(in PointerInput input)
        {
        }

        public void OnPointerUp(in PointerInput input)
        {
        }

        public void OnPointerLeave()
        {
        }

        public void OnWheel(in WheelInput input)
        {
        }

        public void OnKey(in KeyInput input)
        {
        }

        public void OnExposed(SKRectI part)
        {
        }

        public void OnResized(int widthPixels, int heightPixels)
        {
        }

        public void OnFilesDropped(IReadOnlyList<string> paths) => Received.AddRange(paths);

        public void OnFileDragEnded(bool wasTaken) => WasTaken = wasTaken;

        public void OnCloseRequested()
        {
        }

        private void Work()
        {
            while (!_isClosing)
            {
                Window.Pump(this);
                Window.Wait(20);
            }
        }
    }
}
