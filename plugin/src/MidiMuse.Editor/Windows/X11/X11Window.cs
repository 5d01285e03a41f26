using System.Runtime.InteropServices;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Windows.X11;

/// <summary>
/// A window on an X server: a child of the host's window (XEmbed, freedesktop.org's XEmbed protocol specification 0.5),
/// or one of its own. It has its own connection, so nothing that the host does on its own one can hold it up. [ui]
/// </summary>
internal sealed unsafe class X11Window : INativeWindow
{
    private const ushort InputOutput = 1;
    private const uint WantedEvents = (1 << 0) | (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 5) | (1 << 6) // keys, buttons, enter, leave, motion
        | (1 << 15) | (1 << 16) | (1 << 17); // exposure, visibility, structure

    private const uint XEmbedVersion = 0;
    private const uint XEmbedMapped = 1;
    private const byte FullyObscured = 2;
    private const byte ZPixmap = 2;
    private const int BytesPerPixel = 4;
    private const int PutImageHeaderBytes = 32;
    private const uint DoubleClickMilliseconds = 350;
    private const int DoubleClickPixels = 4;

    private readonly XDisplay _display = new();
    private readonly uint _parent;
    private readonly uint _window;
    private readonly uint _gc;
    private readonly XdndSource _dragOut;
    private readonly XdndTarget _dropIn;
    private byte[] _rows = [];
    private bool _isMapped = true;
    private bool _isObscured;
    private bool _isDestroyed;
    private (uint Time, int X, int Y, byte Button, int Count) _lastPress;

    /// <param name="parent">The host's window, or 0 for a window of our own.</param>
    /// <param name="title">Of a window of our own.</param>
    public X11Window(uint parent, int width, int height, string title)
    {
        _parent = parent;
        var screen = _display.Screen;
        _window = Xcb.GenerateId(_display.Connection);
        // In the order of their bits: no background (nothing flickers), border, gravity, events, colour map. A depth and
        // visual of our own need the last and the border: the parent's may be another one.
        var values = stackalloc uint[] { 0, 0, 1, WantedEvents, screen.DefaultColormap };
        const uint mask = (1 << 0) | (1 << 3) | (1 << 4) | (1 << 11) | (1 << 13);
        Xcb.CreateWindow(
            _display.Connection, screen.RootDepth, _window, parent != 0 ? parent : screen.Root, 0, 0, (ushort)width, (ushort)height, 0, InputOutput, screen.RootVisual, mask, values);
        _gc = Xcb.GenerateId(_display.Connection);
        Xcb.CreateGc(_display.Connection, _gc, _window, 0, null);
        _display.SetProperty(_window, _display.Atoms.XEmbedInfo, _display.Atoms.XEmbedInfo, [XEmbedVersion, XEmbedMapped]);
        if (parent == 0)
        {
            _display.SetProperty(_window, XAtoms.WmName, XAtoms.String, System.Text.Encoding.Latin1.GetBytes(title));
            _display.SetProperty(_window, _display.Atoms.WmProtocols, XAtoms.Atom, [_display.Atoms.WmDeleteWindow]);
        }
        _dragOut = new XdndSource(_display, _window);
        _dropIn = new XdndTarget(_display, _window);
        Xcb.MapWindow(_display.Connection, _window);
        Xcb.Flush(_display.Connection);
    }

    /// <summary>The window's number on the server.</summary>
    public uint Id => _window;

    public bool IsAlive => !_isDestroyed && _display.IsAlive;

    public bool IsShown => _isMapped && !_isObscured;

    public void Resize(int widthPixels, int heightPixels)
    {
        const ushort widthAndHeight = (1 << 2) | (1 << 3);
        var values = stackalloc uint[] { (uint)widthPixels, (uint)heightPixels };
        Xcb.ConfigureWindow(_display.Connection, _window, widthAndHeight, values);
    }

    public void Pump(IWindowEvents events)
    {
        while (Xcb.PollForEvent(_display.Connection) is var happened && happened != null)
        {
            // libxcb has malloc'ed the event for us; it is ours until it is freed here.
            Handle(*happened, events);
            Xcb.Free(happened);
        }
    }

    public void Wait(int milliseconds) => _display.Wait(milliseconds);

    public void Wake() => _display.Wake();

    public void Present(PixelBuffer picture, SKRectI part)
    {
        part.Intersect(new SKRectI(0, 0, picture.Width, picture.Height));
        if (part.Width <= 0 || part.Height <= 0)
            return;
        var rowBytes = part.Width * BytesPerPixel;
        var mostRows = (int)Math.Clamp((_display.LongestRequest - PutImageHeaderBytes) / rowBytes, 1, part.Height);
        if (_rows.Length < rowBytes * mostRows)
            _rows = GC.AllocateUninitializedArray<byte>(rowBytes * mostRows, pinned: true);
        for (var top = part.Top; top < part.Bottom; top += mostRows)
            PresentBand(picture, part.Left, top, part.Width, Math.Min(mostRows, part.Bottom - top));
        Xcb.Flush(_display.Connection);
    }

    public void TakeKeyboard(bool isTaken)
    {
        const byte revertToParent = 2;
        // The host's window gets the keyboard back: its shortcuts, such as the space bar, work again.
        Xcb.SetInputFocus(_display.Connection, revertToParent, isTaken || _parent == 0 ? _window : _parent, 0);
        Xcb.Flush(_display.Connection);
    }

    public void BeginFileDrag(string path) => _dragOut.Begin(path, _lastPress.Time);

    public void Dispose()
    {
        if (!_isDestroyed)
            Xcb.DestroyWindow(_display.Connection, _window);
        Xcb.Flush(_display.Connection);
        _display.Dispose();
    }

    private void PresentBand(PixelBuffer picture, int left, int top, int width, int height)
    {
        var rowBytes = width * BytesPerPixel;
        // The array is pinned for its life; the request copies it or has written it when it returns.
        var rows = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_rows, 0);
        for (var y = 0; y < height; y++)
            Buffer.MemoryCopy(picture.At(left, top + y), rows + ((long)y * rowBytes), rowBytes, rowBytes);
        Xcb.PutImage(
            _display.Connection, ZPixmap, _window, _gc, (ushort)width, (ushort)height, (short)left, (short)top, 0, _display.Screen.RootDepth, (uint)(rowBytes * height), rows);
    }

    private void Handle(in XEvent happened, IWindowEvents events)
    {
        if (_dragOut.Handle(happened, events) || _dropIn.Handle(happened, events))
            return;
        switch (happened.Type)
        {
            case XEventType.KeyPress:
                events.OnKey(_display.Keyboard.KeyOf(happened.Detail, happened.State));
                break;
            case XEventType.ButtonPress:
                Press(happened, events);
                break;
            case XEventType.ButtonRelease when ButtonOf(happened.Detail) is { } button:
                events.OnPointerUp(new PointerInput(happened.EventX, happened.EventY, button, XKeyboard.ModifiersOf(happened.State), _lastPress.Count));
                break;
            case XEventType.MotionNotify or XEventType.EnterNotify:
                events.OnPointerMove(new PointerInput(happened.EventX, happened.EventY, Modifiers: XKeyboard.ModifiersOf(happened.State)));
                break;
            case XEventType.LeaveNotify:
                events.OnPointerLeave();
                break;
            case XEventType.Expose:
                events.OnExposed(SKRectI.Create(happened.ExposeX, happened.ExposeY, happened.ExposeWidth, happened.ExposeHeight));
                break;
            case XEventType.VisibilityNotify:
                _isObscured = happened.Visibility == FullyObscured;
                break;
            case XEventType.MapNotify when happened.ConfiguredWindow == _window:
                _isMapped = true;
                break;
            case XEventType.UnmapNotify when happened.ConfiguredWindow == _window:
                _isMapped = false;
                break;
            case XEventType.DestroyNotify when happened.ConfiguredWindow == _window:
                _isDestroyed = true;
                break;
            case XEventType.ConfigureNotify when happened.ConfiguredWindow == _window:
                events.OnResized(happened.ConfiguredWidth, happened.ConfiguredHeight);
                break;
            case XEventType.MappingNotify:
                _display.Keyboard.Read();
                break;
            case XEventType.ClientMessage when happened.MessageType == _display.Atoms.WmProtocols && happened.Data0 == _display.Atoms.WmDeleteWindow:
                events.OnCloseRequested();
                break;
        }
    }

    private void Press(in XEvent happened, IWindowEvents events)
    {
        var modifiers = XKeyboard.ModifiersOf(happened.State);
        if (ButtonOf(happened.Detail) is { } button)
        {
            CountClicks(happened);
            events.OnPointerDown(new PointerInput(happened.EventX, happened.EventY, button, modifiers, _lastPress.Count));
        }
        else if (happened.Detail is >= 4 and <= 7) // wheels are buttons: up, down, left, right
        {
            var steps = happened.Detail is 4 or 6 ? 1 : -1;
            events.OnWheel(new WheelInput(happened.EventX, happened.EventY, steps, happened.Detail >= 6, modifiers));
        }
    }

    private void CountClicks(in XEvent happened)
    {
        var last = _lastPress;
        var isAgain = happened.Detail == last.Button && happened.Time - last.Time < DoubleClickMilliseconds
            && Math.Abs(happened.EventX - last.X) <= DoubleClickPixels && Math.Abs(happened.EventY - last.Y) <= DoubleClickPixels && last.Count < 2;
        _lastPress = (happened.Time, happened.EventX, happened.EventY, happened.Detail, isAgain ? 2 : 1);
    }

    private static PointerButton? ButtonOf(byte detail) => detail switch
    {
        1 => PointerButton.Left,
        2 => PointerButton.Middle,
        3 => PointerButton.Right,
        _ => null,
    };
}
