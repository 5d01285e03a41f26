using System.Runtime.InteropServices;
using System.Windows;
using System.Windows.Input;
using System.Windows.Interop;
using System.Windows.Media;
using System.Windows.Media.Imaging;
using System.Windows.Threading;
using MidiMuse.Editor;
using MidiMuse.Editor.Input;
using MidiMuse.Engine;
using MidiMuse.Plugin;
using MidiMuse.Windows.Hosting;
using SkiaSharp;

namespace MidiMuse.Windows.Wpf;

/// <summary>
/// A WPF window with the shared editor view in it, made a child of the host's. It only passes on: pointer and keys to
/// the view, the view's picture to the screen, a dragged file to Windows. [ui]
/// </summary>
internal sealed partial class EditorShell : Window
{
    public const uint DefaultWidth = EditorView.DefaultWidth;
    public const uint DefaultHeight = EditorView.DefaultHeight;

    private const int GwlStyle = -16;
    private const nint WsChild = 0x40000000;
    private const nint WsPopup = unchecked((int)0x80000000);

    private readonly EngineInstance _engine;
    private readonly EditorView _view;
    private readonly System.Windows.Controls.Image _picture = new() { Stretch = Stretch.Fill, SnapsToDevicePixels = true };
    private readonly DispatcherTimer _timer;
    private WriteableBitmap? _bitmap;

    public EditorShell(MidiMusePlugin plugin, EngineInstance engine)
    {
        _engine = engine;
        _view = HostedEditor.ViewOf(engine, new EditionEditorHost(plugin))(DragFile);
        Content = _picture;
        WindowStyle = WindowStyle.None;
        ResizeMode = ResizeMode.NoResize;
        ShowInTaskbar = false;
        Focusable = true;
        AllowDrop = true;
        // The bridge sets parameters without telling anybody, so the view looks thirty times a second.
        _timer = new DispatcherTimer(TimeSpan.FromMilliseconds(33), DispatcherPriority.Render, (_, _) => Tick(), Dispatcher);
    }

    /// <summary>Of the primary screen; hosts ask before there is a window.</summary>
    public static double ScreenScale() => GetDpiForSystem() / 96.0;

    /// <param name="parent">The host's window.</param>
    public void Show(nint parent, uint width, uint height)
    {
        Resize(width, height);
        (Left, Top) = (0, 0);
        Show();
        var handle = new WindowInteropHelper(this).Handle;
        SetWindowLongPtr(handle, GwlStyle, (GetWindowLongPtr(handle, GwlStyle) | WsChild) & ~WsPopup);
        SetParent(handle, parent);
        _timer.Start();
    }

    /// <summary>The base class only hides what it shows; without this the window would stay.</summary>
    protected override void OnClosed(EventArgs e)
    {
        _timer.Stop();
        Content = null;
        _view.Dispose();
        base.OnClosed(e);
    }

    public void Resize(uint width, uint height)
    {
        (Width, Height) = (width, height);
        var scale = ScreenScale();
        var (widthPixels, heightPixels) = (Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)));
        _bitmap = new WriteableBitmap(widthPixels, heightPixels, 96 * scale, 96 * scale, PixelFormats.Pbgra32, null);
        _picture.Source = _bitmap;
        _view.Resize(widthPixels, heightPixels, scale);
        _view.InvalidateAll();
    }

    protected override void OnMouseDown(MouseButtonEventArgs e)
    {
        CaptureMouse();
        Focus();
        _view.PointerDown(Pointer(e, ButtonOf(e.ChangedButton), e.ClickCount));
    }

    protected override void OnMouseUp(MouseButtonEventArgs e)
    {
        _view.PointerUp(Pointer(e, ButtonOf(e.ChangedButton)));
        ReleaseMouseCapture();
    }

    protected override void OnMouseMove(MouseEventArgs e) => _view.PointerMove(Pointer(e, PointerButton.Left));

    protected override void OnMouseLeave(MouseEventArgs e) => _view.PointerLeave();

    protected override void OnMouseWheel(MouseWheelEventArgs e)
    {
        var at = e.GetPosition(this);
        e.Handled = _view.Wheel(new WheelInput((float)at.X, (float)at.Y, e.Delta / 120f, Modifiers: HeldModifiers()));
    }

    protected override void OnKeyDown(KeyEventArgs e)
    {
        var key = KeyOf(e.Key);
        // Keys that the view does not want are the host's: its transport stands on the space bar.
        if (key != EditorKey.None)
            e.Handled = _view.Key(new KeyInput(key, '\0', HeldModifiers()));
    }

    protected override void OnTextInput(TextCompositionEventArgs e)
    {
        foreach (var character in _view.WantsKeyboard ? e.Text : "")
            e.Handled |= _view.Key(new KeyInput(EditorKey.None, character, HeldModifiers()));
    }

    protected override void OnDragOver(DragEventArgs e)
    {
        e.Effects = e.Data.GetDataPresent(DataFormats.FileDrop) ? DragDropEffects.Copy : DragDropEffects.None;
        e.Handled = true;
    }

    protected override void OnDrop(DragEventArgs e)
    {
        if (e.Data.GetData(DataFormats.FileDrop) is string[] { Length: > 0 } paths)
            Editors.OnFilesDropped(_engine, paths);
        e.Handled = true;
    }

    private static PointerButton ButtonOf(MouseButton button) => button switch
    {
        MouseButton.Right => PointerButton.Right,
        MouseButton.Middle => PointerButton.Middle,
        _ => PointerButton.Left,
    };

    private static Modifiers HeldModifiers()
    {
        var held = Keyboard.Modifiers;
        return (held.HasFlag(ModifierKeys.Shift) ? Modifiers.Shift : 0)
            | (held.HasFlag(ModifierKeys.Control) ? Modifiers.Control : 0)
            | (held.HasFlag(ModifierKeys.Alt) ? Modifiers.Alt : 0);
    }

    private static EditorKey KeyOf(Key key) => key switch
    {
        Key.Tab => EditorKey.Tab,
        Key.Enter => EditorKey.Enter,
        Key.Escape => EditorKey.Escape,
        Key.Back => EditorKey.Backspace,
        Key.Delete => EditorKey.Delete,
        Key.Left => EditorKey.Left,
        Key.Right => EditorKey.Right,
        Key.Up => EditorKey.Up,
        Key.Down => EditorKey.Down,
        Key.Home => EditorKey.Home,
        Key.End => EditorKey.End,
        Key.PageUp => EditorKey.PageUp,
        Key.PageDown => EditorKey.PageDown,
        Key.Space => EditorKey.Space,
        _ => EditorKey.None,
    };

    private PointerInput Pointer(MouseEventArgs e, PointerButton button, int clicks = 1)
    {
        var at = e.GetPosition(this);
        return new PointerInput((float)at.X, (float)at.Y, button, HeldModifiers(), clicks);
    }

    private void Tick()
    {
        _view.Poll(Environment.TickCount64);
        var damage = _view.Damage;
        if (damage.IsEmpty || _bitmap is not { } bitmap)
            return;
        bitmap.Lock();
        // The back buffer stays where it is between Lock and Unlock.
        using (var surface = SKSurface.Create(new SKImageInfo(bitmap.PixelWidth, bitmap.PixelHeight, SKColorType.Bgra8888, SKAlphaType.Premul), bitmap.BackBuffer, bitmap.BackBufferStride))
            _view.Draw(surface.Canvas);
        bitmap.AddDirtyRect(new Int32Rect(damage.Left, damage.Top, damage.Width, damage.Height));
        bitmap.Unlock();
    }

    /// <summary>Runs until the file is dropped somewhere; Windows moves the pointer meanwhile.</summary>
    private void DragFile(string path) => Dispatcher.BeginInvoke(() =>
    {
        ReleaseMouseCapture();
        // Dropped on ourselves it would become the motif.
        AllowDrop = false;
        var effect = DragDrop.DoDragDrop(this, new DataObject(DataFormats.FileDrop, new[] { path }), DragDropEffects.Copy);
        AllowDrop = true;
        _view.CancelPress();
        Editors.OnFileDragEnded(_engine, effect != DragDropEffects.None);
    });

    [LibraryImport("user32.dll")]
    private static partial uint GetDpiForSystem();

    [LibraryImport("user32.dll", SetLastError = true)]
    private static partial nint SetParent(nint child, nint parent);

    [LibraryImport("user32.dll", EntryPoint = "GetWindowLongPtrW", SetLastError = true)]
    private static partial nint GetWindowLongPtr(nint window, int index);

    [LibraryImport("user32.dll", EntryPoint = "SetWindowLongPtrW", SetLastError = true)]
    private static partial nint SetWindowLongPtr(nint window, int index, nint value);
}
