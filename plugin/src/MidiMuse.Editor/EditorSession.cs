using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.Windows;
using SkiaSharp;

namespace MidiMuse.Editor;

/// <summary>
/// One open editor: a thread of its own with a window, a view and a picture. The host's thread only leaves messages;
/// it waits in <see cref="Dispose"/> alone, until the thread has ended.
/// </summary>
public sealed class EditorSession : IWindowEvents, IDisposable
{
    /// <summary>Playheads move thirty times a second.</summary>
    private const int FrameMilliseconds = 33;

    private const int HiddenMilliseconds = 250;

    private readonly Func<INativeWindow> _openWindow;
    private readonly Func<Action<string>, EditorView> _makeView;
    private readonly ConcurrentQueue<Action> _messages = new();
    private readonly ManualResetEvent _opened = new(false);
    private readonly ManualResetEvent _ended = new(false);
    private readonly Thread _thread;
    private volatile bool _isClosing;
    private volatile INativeWindow? _window;
    private EditorView? _view;
    private PixelBuffer? _picture;
    private int _widthPixels;
    private int _heightPixels;
    private double _scale;
    private bool _hasKeyboard;
    private SKRectI _exposed;

    /// <summary>Files were dropped on the editor. [ui]</summary>
    public event Action<IReadOnlyList<string>>? FilesDropped;

    /// <summary>A drag out of the editor is over; true where somebody has taken the file. [ui]</summary>
    public event Action<bool>? FileDragEnded;

    /// <summary>The player has closed a window of its own. [ui]</summary>
    public event Action? CloseRequested;

    private EditorSession(Func<INativeWindow> openWindow, Func<Action<string>, EditorView> makeView, int widthPixels, int heightPixels, double scale)
    {
        _openWindow = openWindow;
        _makeView = makeView;
        (_widthPixels, _heightPixels, _scale) = (widthPixels, heightPixels, scale);
        _thread = NativeWindows.NewThread(Run);
    }

    /// <summary>The editor has a window on this system.</summary>
    public static bool IsSupported => NativeWindows.AreSupported;

    /// <summary>Windows open on this X display instead of the one that the process was started with.</summary>
    public static void UseDisplay(string name) => Windows.X11.XDisplay.DisplayName = name;

    /// <summary>Why the editor could not be shown or has stopped, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>The frames drawn so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Opens the editor inside a window of the host, or in a window of its own where the parent is 0. [main]</summary>
    /// <param name="makeView">Called on the editor's thread with what begins a drag of a file out of the window.</param>
    /// <exception cref="InvalidOperationException">There is no display, or none that the editor can draw on.</exception>
    public static EditorSession Open(nint parent, int widthPixels, int heightPixels, double scale, Func<Action<string>, EditorView> makeView)
    {
        var session = new EditorSession(
            () => NativeWindows.Open(parent, widthPixels, heightPixels), makeView, widthPixels, heightPixels, scale);
        session._thread.Start();
        NativeWindows.WaitFor(session._opened);
        if (session.Problem is not { } problem || session._view is not null)
            return session;
        session.Dispose();
        throw new InvalidOperationException(problem);
    }

    /// <summary>[main]</summary>
    public void Resize(int widthPixels, int heightPixels) => Post(() =>
    {
        _window!.Resize(widthPixels, heightPixels);
        OnResized(widthPixels, heightPixels);
    });

    /// <summary>[main]</summary>
    public void SetScale(double scale) => Post(() =>
    {
        _scale = scale;
        _view!.Resize(_widthPixels, _heightPixels, scale);
    });

    /// <summary>A key that the host passes on. [main]</summary>
    public void SendKey(KeyInput input) => Post(() => _view!.Key(input));

    /// <summary>The wheel, where the host passes it on. [main]</summary>
    public void SendWheel(WheelInput input) => Post(() => _view!.Wheel(input));

    /// <summary>Text is being typed, so keys are the editor's. Any thread.</summary>
    public bool WantsKeyboard => _hasKeyboard;

    /// <summary>Ends the thread and closes the window. [main]</summary>
    public void Dispose()
    {
        if (_isClosing)
            return;
        _isClosing = true;
        _window?.Wake();
        NativeWindows.WaitFor(_ended);
        _thread.Join();
        _opened.Dispose();
        _ended.Dispose();
    }

    void IWindowEvents.OnPointerDown(in PointerInput input) => _view!.PointerDown(input);

    void IWindowEvents.OnPointerMove(in PointerInput input) => _view!.PointerMove(input);

    void IWindowEvents.OnPointerUp(in PointerInput input) => _view!.PointerUp(input);

    void IWindowEvents.OnPointerLeave() => _view!.PointerLeave();

    void IWindowEvents.OnWheel(in WheelInput input) => _view!.Wheel(input);

    void IWindowEvents.OnKey(in KeyInput input) => _view!.Key(input);

    void IWindowEvents.OnExposed(SKRectI part) => _exposed = _exposed.IsEmpty ? part : SKRectI.Union(_exposed, part);

    void IWindowEvents.OnResized(int widthPixels, int heightPixels) => OnResized(widthPixels, heightPixels);

    void IWindowEvents.OnFilesDropped(IReadOnlyList<string> paths) => FilesDropped?.Invoke(paths);

    void IWindowEvents.OnFileDragEnded(bool wasTaken) => FileDragEnded?.Invoke(wasTaken);

    void IWindowEvents.OnCloseRequested() => CloseRequested?.Invoke();

    private void Post(Action message)
    {
        _messages.Enqueue(message);
        _window?.Wake();
    }

    [SuppressMessage("Design", "CA1031", Justification = "A fault of the editor must become a word, never the end of the host.")]
    private void Run()
    {
        try
        {
            using var window = _openWindow();
            _window = window;
            using var view = _makeView(BeginFileDrag);
            _view = view;
            view.Resize(_widthPixels, _heightPixels, _scale);
            _picture = new PixelBuffer(_widthPixels, _heightPixels);
            _opened.Set();
            Work(window, view);
        }
        catch (Exception exception)
        {
            Problem = exception.Message;
        }
        finally
        {
            // Nobody wakes a window that is gone: Dispose sets the flag before it reads the field.
            _window = null;
            _picture?.Dispose();
            _opened.Set();
            _ended.Set();
        }
    }

    private void Work(INativeWindow window, EditorView view)
    {
        var clock = Stopwatch.StartNew();
        while (!_isClosing)
        {
            while (_messages.TryDequeue(out var message))
                message();
            window.Pump(this);
            if (!window.IsAlive)
            {
                window.Wait(HiddenMilliseconds); // until the host closes the editor too
                continue;
            }
            if (view.WantsKeyboard != _hasKeyboard)
                window.TakeKeyboard(_hasKeyboard = view.WantsKeyboard);
            view.Poll(clock.ElapsedMilliseconds);
            if (window.IsShown)
                Show(window, view);
            window.Wait(window.IsShown ? FrameMilliseconds : HiddenMilliseconds);
        }
    }

    private void Show(INativeWindow window, EditorView view)
    {
        var damage = view.Damage;
        if (!damage.IsEmpty)
        {
            view.Draw(_picture!.Canvas);
            Frames++;
        }
        var part = _exposed.IsEmpty ? damage : damage.IsEmpty ? _exposed : SKRectI.Union(damage, _exposed);
        _exposed = SKRectI.Empty;
        if (!part.IsEmpty)
            window.Present(_picture!, part);
    }

    private void BeginFileDrag(string path)
    {
        _view!.CancelPress();
        _window!.BeginFileDrag(path);
    }

    private void OnResized(int widthPixels, int heightPixels)
    {
        if (widthPixels == _widthPixels && heightPixels == _heightPixels)
            return;
        (_widthPixels, _heightPixels) = (Math.Max(1, widthPixels), Math.Max(1, heightPixels));
        _picture!.Dispose();
        _picture = new PixelBuffer(_widthPixels, _heightPixels);
        _view!.Resize(_widthPixels, _heightPixels, _scale);
    }
}
