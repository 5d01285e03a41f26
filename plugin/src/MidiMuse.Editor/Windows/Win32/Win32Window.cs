using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Windows.Win32;

/// <summary>
/// A window of Windows: a child of the host's, or one of its own. It belongs to the editor's thread, which has its own
/// message queue; Windows ties the input of a child's thread to that of its parent's, so keyboard and pointer go where
/// they belong. Nothing of it asks the parent while it handles a message: the host may be waiting for us. [ui]
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class Win32Window : INativeWindow
{
    private const uint ClassStyle = 0x0008; // CS_DBLCLKS
    private const uint ChildStyle = 0x40000000 | 0x10000000 | 0x04000000; // WS_CHILD, WS_VISIBLE, WS_CLIPSIBLINGS
    private const uint OwnStyle = 0x00CF0000 | 0x10000000; // WS_OVERLAPPEDWINDOW, WS_VISIBLE
    private const uint NoParentNotify = 0x00000004; // WS_EX_NOPARENTNOTIFY
    private const int DefaultPosition = unchecked((int)0x80000000); // CW_USEDEFAULT
    private const uint KeepPlaceAndOrder = 0x0002 | 0x0004 | 0x0010; // SWP_NOMOVE, SWP_NOZORDER, SWP_NOACTIVATE
    private const uint AllInput = 0x04FF; // QS_ALLINPUT
    private const uint InputAvailable = 0x0004; // MWMO_INPUTAVAILABLE
    private const uint Remove = 1; // PM_REMOVE
    private const uint Root = 2; // GA_ROOT
    private const uint TrackLeave = 2; // TME_LEAVE
    private const nint ArrowCursor = 32512; // IDC_ARROW
    private const float WheelNotch = 120; // WHEEL_DELTA

    // One for the process and this copy of the code: another copy (the other edition) registers its own.
    private static readonly Lazy<nint> ClassAtom = new(RegisteredClass);

    // The window of this thread, which has no other: Windows calls a function, not an object.
    [ThreadStatic]
    private static Win32Window? _ofThisThread;

    private readonly AutoResetEvent _wake = new(false);
    private readonly ConcurrentQueue<Action<IWindowEvents>> _fromOtherThreads = new();
    private readonly nint _window;
    private readonly nint _parent;
    private readonly FileDropTarget _dropIn;
    private readonly bool _hasOle;
    private IWindowEvents? _events;
    private ExceptionDispatchInfo? _fault;
    private bool _isDestroyed;
    private bool _isPointerInside;
    private bool _isDragging;
    private int _heldButtons;
    private (int X, int Y, PointerButton Button, int Clicks) _lastPress;

    /// <param name="parent">The host's window, or 0 for a window of our own.</param>
    /// <param name="title">Of a window of our own.</param>
    public Win32Window(nint parent, int width, int height, string title)
    {
        _parent = parent;
        _ofThisThread = this;
        // A child in another coordinate system than its parent's would be the wrong size, or refused.
        if (parent != 0 && Win32.GetWindowDpiAwarenessContext(parent) is var awareness and not 0)
            _ = Win32.SetThreadDpiAwarenessContext(awareness);
        _hasOle = Ole.Initialize(0) >= 0;
        var (style, place) = parent != 0 ? (ChildStyle, 0) : (OwnStyle, DefaultPosition);
        _window = Win32.CreateWindow(NoParentNotify, ClassAtom.Value, title, style, place, place, width, height, parent, 0, Win32.GetModuleHandle(null), 0);
        if (_window == 0)
        {
            var error = Marshal.GetLastPInvokeError();
            Dispose();
            throw new InvalidOperationException($"Windows does not open the editor's window (error {error}).");
        }
        _dropIn = new FileDropTarget(paths => Post(events => events.OnFilesDropped(paths)), () => !_isDragging);
        if (_hasOle)
            _ = Ole.RegisterDragDrop(_window, _dropIn);
    }

    public bool IsAlive => !_isDestroyed;

    public bool IsShown => Win32.IsWindowVisible(_window) != 0 && Win32.IsIconic(Win32.GetAncestor(_window, Root)) == 0;

    public void Resize(int widthPixels, int heightPixels) => _ = Win32.SetWindowPos(_window, 0, 0, 0, widthPixels, heightPixels, KeepPlaceAndOrder);

    public void Pump(IWindowEvents events)
    {
        _events = events;
        try
        {
            while (_fromOtherThreads.TryDequeue(out var happened))
                happened(events);
            Message message;
            while (Win32.PeekMessage(&message, 0, 0, 0, Remove) != 0)
            {
                _ = Win32.TranslateMessage(&message);
                _ = Win32.DispatchMessage(&message);
                _fault?.Throw();
            }
        }
        finally
        {
            _events = null;
        }
    }

    public void Wait(int milliseconds)
    {
        var handle = _wake.SafeWaitHandle.DangerousGetHandle(); // this window keeps the event until Dispose
        _ = Win32.MsgWaitForMultipleObjectsEx(1, &handle, (uint)milliseconds, AllInput, InputAvailable);
    }

    public void Wake() => _wake.Set();

    public void Present(PixelBuffer picture, SKRectI part)
    {
        part.Intersect(new SKRectI(0, 0, picture.Width, picture.Height));
        if (part.Width <= 0 || part.Height <= 0)
            return;
        // The rows of the part alone, whole rows, the first one uppermost: a height below zero says so.
        var header = new BitmapHeader
        {
            SizeBytes = (uint)sizeof(BitmapHeader),
            Width = picture.Width,
            Height = -part.Height,
            Planes = 1,
            BitsPerPixel = 32,
        };
        var context = Win32.GetDC(_window);
        // The picture outlives the call, which copies.
        _ = Win32.SetDIBitsToDevice(context, part.Left, part.Top, (uint)part.Width, (uint)part.Height, part.Left, 0, 0, (uint)part.Height, picture.At(0, part.Top), &header, 0);
        _ = Win32.ReleaseDC(_window, context);
    }

    /// <summary>The host's window gets the keyboard back: its shortcuts, such as the space bar, work again.</summary>
    public void TakeKeyboard(bool isTaken) => _ = Win32.SetFocus(isTaken || _parent == 0 ? _window : _parent);

    /// <summary>
    /// On a thread of its own: Windows calls the target until the file is dropped, and a host that takes it may close this
    /// editor before it returns.
    /// </summary>
    public void BeginFileDrag(string path)
    {
        if (_isDragging || !_hasOle)
            return;
        _isDragging = true;
        _heldButtons = 0;
        _ = Win32.ReleaseCapture();
        FileDrag.Begin(path, Win32.GetCurrentThreadId(), wasTaken => Post(events =>
        {
            _isDragging = false;
            events.OnFileDragEnded(wasTaken);
        }));
    }

    public void Dispose()
    {
        if (_window != 0 && !_isDestroyed)
        {
            if (_hasOle)
                _ = Ole.RevokeDragDrop(_window);
            _ = Win32.DestroyWindow(_window);
        }
        if (_hasOle)
            Ole.Uninitialize();
        _ofThisThread = null;
        // The event stays for its finalizer: a drag that outlives the window still sets it.
    }

    private static nint RegisteredClass()
    {
        delegate* unmanaged[Stdcall]<nint, uint, nuint, nint, nint> procedure = &OnMessage;
        var name = $"MidiMuse editor {(nint)procedure:x}";
        fixed (char* pinned = name)
        {
            var description = new WindowClass
            {
                Style = ClassStyle,
                Procedure = procedure,
                Instance = Win32.GetModuleHandle(null),
                Name = pinned, // Windows copies it
            };
            return Win32.RegisterClass(&description);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    [SuppressMessage("Design", "CA1031", Justification = "Nothing is thrown into Windows; the pump throws it on.")]
    private static nint OnMessage(nint window, uint message, nuint wParam, nint lParam)
    {
        if (_ofThisThread is not { } self)
            return Win32.DefaultProcedure(window, message, wParam, lParam);
        try
        {
            return self.Handle((WindowMessage)message, wParam, lParam) ?? Win32.DefaultProcedure(window, message, wParam, lParam);
        }
        catch (Exception exception)
        {
            self._fault ??= ExceptionDispatchInfo.Capture(exception);
            return 0;
        }
    }

    /// <summary>What happened on another thread, or in the middle of a call to us. Any thread.</summary>
    private void Post(Action<IWindowEvents> happened)
    {
        _fromOtherThreads.Enqueue(happened);
        Wake();
    }

    /// <summary>What Windows gets back; null for what it does by itself.</summary>
    private nint? Handle(WindowMessage message, nuint wParam, nint lParam)
    {
        const nint activate = 1;      // MA_ACTIVATE
        const nint wantAllKeys = 4;   // DLGC_WANTALLKEYS
        const nint clientArea = 1;    // HTCLIENT
        switch (message)
        {
            case WindowMessage.Destroy:
                _isDestroyed = true;
                return 0;
            case WindowMessage.EraseBackground:
                return 1; // every pixel is drawn: nothing flickers
            case WindowMessage.Paint:
                Paint();
                return 0;
            case WindowMessage.MouseActivate:
                return activate; // the default asks the parent
            case WindowMessage.SetCursor when Low(lParam) == clientArea:
                _ = Win32.SetCursor(Win32.LoadCursor(0, ArrowCursor)); // so does this one
                return 1;
            case WindowMessage.GetDialogCode:
                return wantAllKeys;
        }
        return _events is { } events && HandleInput(events, message, wParam, lParam) ? 0 : null;
    }

    private bool HandleInput(IWindowEvents events, WindowMessage message, nuint wParam, nint lParam)
    {
        switch (message)
        {
            case WindowMessage.Size when Low(lParam) > 0 && High(lParam) > 0:
                events.OnResized((ushort)Low(lParam), (ushort)High(lParam));
                return true;
            case WindowMessage.Close:
                events.OnCloseRequested();
                return true;
            case WindowMessage.LeftDown or WindowMessage.RightDown or WindowMessage.MiddleDown:
                Press(events, ButtonOf(message), lParam, clicks: 1);
                return true;
            case WindowMessage.LeftDoubleClick or WindowMessage.RightDoubleClick or WindowMessage.MiddleDoubleClick:
                Press(events, ButtonOf(message), lParam, clicks: 2);
                return true;
            case WindowMessage.LeftUp or WindowMessage.RightUp or WindowMessage.MiddleUp:
                Release(events, ButtonOf(message), lParam);
                return true;
            case WindowMessage.CaptureChanged:
                LoseCapture(events);
                return true;
            case WindowMessage.MouseMove:
                WatchForLeaving();
                events.OnPointerMove(new PointerInput(Low(lParam), High(lParam), Modifiers: Win32Keyboard.Held()));
                return true;
            case WindowMessage.MouseLeave:
                _isPointerInside = false;
                events.OnPointerLeave();
                return true;
            case WindowMessage.Wheel or WindowMessage.HorizontalWheel:
                TurnWheel(events, message == WindowMessage.HorizontalWheel, wParam, lParam);
                return true;
            case WindowMessage.KeyDown when Win32Keyboard.KeyOf(wParam) is { } key:
                events.OnKey(key);
                return true;
            case WindowMessage.Character when Win32Keyboard.TypedKey((char)wParam) is { } key:
                events.OnKey(key);
                return true;
            default:
                return false;
        }
    }

    private void Paint()
    {
        PaintStruct paint;
        _ = Win32.BeginPaint(_window, &paint);
        _ = Win32.EndPaint(_window, &paint);
        var area = new SKRectI(paint.Area.Left, paint.Area.Top, paint.Area.Right, paint.Area.Bottom);
        if (_events is { } events)
            events.OnExposed(area);
        else
            Post(later => later.OnExposed(area));
    }

    private void Press(IWindowEvents events, PointerButton button, nint at, int clicks)
    {
        // The pointer is ours until the last button is released, wherever it goes.
        if (_heldButtons++ == 0)
            _ = Win32.SetCapture(_window);
        _lastPress = (Low(at), High(at), button, clicks);
        events.OnPointerDown(new PointerInput(Low(at), High(at), button, Win32Keyboard.Held(), clicks));
    }

    private void Release(IWindowEvents events, PointerButton button, nint at)
    {
        if (_heldButtons == 0)
            return; // pressed elsewhere, or carried away as a file
        if (--_heldButtons == 0)
            _ = Win32.ReleaseCapture();
        events.OnPointerUp(new PointerInput(Low(at), High(at), button, Win32Keyboard.Held(), _lastPress.Clicks));
    }

    /// <summary>Another window took the pointer while a button was held: the release will never come.</summary>
    private void LoseCapture(IWindowEvents events)
    {
        if (_heldButtons == 0)
            return;
        _heldButtons = 0;
        events.OnPointerUp(new PointerInput(_lastPress.X, _lastPress.Y, _lastPress.Button, Win32Keyboard.Held(), _lastPress.Clicks));
    }

    private void WatchForLeaving()
    {
        if (_isPointerInside)
            return;
        var order = new TrackMouse { SizeBytes = (uint)sizeof(TrackMouse), Flags = TrackLeave, Window = _window };
        _isPointerInside = Win32.TrackMouseEvent(&order) != 0;
    }

    /// <summary>Wheels give the place on the screen, everything else that in the window.</summary>
    private void TurnWheel(IWindowEvents events, bool isHorizontal, nuint wParam, nint lParam)
    {
        var at = new Point { X = Low(lParam), Y = High(lParam) };
        _ = Win32.ScreenToClient(_window, &at);
        var notches = High((nint)wParam) / WheelNotch;
        // Away from the player is positive upright; to the right is positive sideways, where X counts the left one up.
        events.OnWheel(new WheelInput(at.X, at.Y, isHorizontal ? -notches : notches, isHorizontal, Win32Keyboard.Held()));
    }

    private static PointerButton ButtonOf(WindowMessage message) => message switch
    {
        WindowMessage.RightDown or WindowMessage.RightUp or WindowMessage.RightDoubleClick => PointerButton.Right,
        WindowMessage.MiddleDown or WindowMessage.MiddleUp or WindowMessage.MiddleDoubleClick => PointerButton.Middle,
        _ => PointerButton.Left,
    };

    /// <summary>The lower word as a coordinate, which may be below zero.</summary>
    private static short Low(nint value) => unchecked((short)(long)value);

    private static short High(nint value) => unchecked((short)((long)value >> 16));
}
