using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.Panels;
using MidiMuse.Editor.PianoRoll;
using MidiMuse.Editor.Popups;
using SkiaSharp;

namespace MidiMuse.Editor;

/// <summary>
/// The editor as a picture that can be clicked: draws what the source says, turns pointer and keys into actions. It
/// knows no window; whoever shows it passes input on, polls it some thirty times a second and draws what is damaged.
/// One thread at a time. [ui]
/// </summary>
public sealed class EditorView : IPopupHost, IDisposable
{
    public const int DefaultWidth = 1200;
    public const int DefaultHeight = 700;

    /// <summary>Below this the controls would not fit; logical pixels.</summary>
    public const int SmallestWidth = 760;
    public const int SmallestHeight = 520;

    private const long TooltipDelayMilliseconds = 650;

    private readonly IEditorSource _source;
    private readonly EditorContext _context;
    private readonly Painter _painter = new();
    private readonly RootElement _root;
    private Element? _popup;
    private TooltipBox? _tooltip;
    private Element? _pressed;
    private Element? _popupOwner;
    private long _hoveredSince = long.MaxValue;
    private int _widthPixels = DefaultWidth;
    private int _heightPixels = DefaultHeight;
    private double _scale = 1;
    private string _shownReply = "";

    public EditorView(IEditorSource source, IEditorActions actions, EditorSettings? settings = null)
    {
        _source = source;
        _context = new EditorContext(source, actions) { Popups = this, ApplySettings = Apply, Settings = settings ?? new EditorSettings() };
        _context.Theme = Theme.Of(_context.Settings.Theme);
        _root = new RootElement(_context);
        Poll(0);
        Arrange();
    }

    /// <summary>The player has changed the editor's own settings.</summary>
    public event Action<EditorSettings>? SettingsChanged;

    public EditorSettings Settings => _context.Settings;

    /// <summary>What has to be drawn, in physical pixels; empty where nothing has changed.</summary>
    public SKRectI Damage
    {
        get
        {
            if (_context.Damage.IsEmpty)
                return SKRectI.Empty;
            var scale = _context.PixelScale;
            var rect = SKRectI.Ceiling(new SKRect(_context.Damage.Left * scale, _context.Damage.Top * scale, _context.Damage.Right * scale, _context.Damage.Bottom * scale), true);
            rect.Inflate(1, 1);
            return SKRectI.Intersect(rect, new SKRectI(0, 0, _widthPixels, _heightPixels));
        }
    }

    bool IPopupHost.IsOpen => _popup is not null;

    Element? IPopupHost.Owner => _popupOwner;

    internal EditorContext Context => _context;

    internal Element Root => _root;

    internal Element? Popup => _popup;

    internal PianoRollElement Roll => _root.Roll;

    /// <summary>A new size or scale; everything is drawn anew.</summary>
    /// <param name="scale">Physical pixels a logical one, as the host or the screen says.</param>
    public void Resize(int widthPixels, int heightPixels, double scale)
    {
        _widthPixels = Math.Max(1, widthPixels);
        _heightPixels = Math.Max(1, heightPixels);
        _scale = Math.Clamp(scale, 0.5, 8);
        ClosePopup();
        Arrange();
    }

    /// <summary>Reads the source. What has changed becomes damage.</summary>
    /// <param name="nowMilliseconds">Any clock that only grows.</param>
    public void Poll(long nowMilliseconds)
    {
        _context.Parameters.Poll();
        if (_source.TryReadTransport(out var transport) && transport != _context.Transport)
        {
            _context.Transport = transport;
            _root.OnTransportChanged();
        }
        var model = _source.Model;
        if (!ReferenceEquals(model, _context.Model))
        {
            _context.Model = model;
            _root.OnModelChanged();
        }
        if (!ReferenceEquals(_source.Reply, _shownReply))
            _root.Words?.Show(_shownReply = _source.Reply);
        ShowTooltipIfDue(nowMilliseconds);
    }

    /// <summary>Draws what is damaged onto a canvas of physical pixels that still shows the last frame.</summary>
    public void Draw(SKCanvas canvas)
    {
        var damage = Damage;
        if (damage.IsEmpty)
            return;
        var scale = _context.PixelScale;
        canvas.Save();
        canvas.ClipRect(damage);
        canvas.Scale(scale);
        _painter.Begin(canvas, _context.Theme, new SKRect(damage.Left / scale, damage.Top / scale, damage.Right / scale, damage.Bottom / scale));
        _root.Draw(_painter);
        _popup?.Draw(_painter);
        _tooltip?.Draw(_painter);
        _painter.End();
        canvas.Restore();
        _context.Damage = SKRect.Empty;
    }

    /// <summary>Everything has to be drawn: the window was uncovered.</summary>
    public void InvalidateAll() => _context.Invalidate(_root.Bounds);

    /// <param name="input">In physical pixels.</param>
    public void PointerDown(in PointerInput input)
    {
        var logical = ToLogical(input);
        HideTooltip();
        if (_popup is not null && !_popup.Bounds.Contains(logical.X, logical.Y))
        {
            ClosePopup();
            return;
        }
        _pressed = HitTest(logical.X, logical.Y);
        _context.ShowsFocus = false;
        if (_popup is null)
            _context.Focused = _pressed is { IsFocusable: true } ? _pressed : null;
        _pressed?.OnPointerDown(logical);
    }

    public void PointerMove(in PointerInput input)
    {
        var logical = ToLogical(input);
        if (_pressed is not null)
        {
            _pressed.OnPointerDrag(logical);
            return;
        }
        var hovered = HitTest(logical.X, logical.Y);
        if (hovered != _context.Hovered)
        {
            HideTooltip();
            _context.Hovered = hovered;
            _hoveredSince = hovered is { Tooltip.Length: > 0 } ? 0 : long.MaxValue;
        }
        hovered?.OnPointerMove(logical);
    }

    public void PointerUp(in PointerInput input)
    {
        var logical = ToLogical(input);
        var pressed = _pressed;
        _pressed = null;
        // A menu that opened on the way down may be chosen from on the way up.
        if (_popup is PopupMenu menu && pressed != menu && menu.Bounds.Contains(logical.X, logical.Y))
            menu.OnPointerUp(logical);
        pressed?.OnPointerUp(logical);
        if (HitTest(logical.X, logical.Y) is { } under)
            _context.Hovered = under;
    }

    public void PointerLeave()
    {
        HideTooltip();
        if (_pressed is null)
            _context.Hovered = null;
    }

    /// <summary>Moves the pointer onto an element, in a view of a size at 100 %; for pictures.</summary>
    public void PointAt(string elementName, int width, int height)
    {
        Resize(width, height, 1);
        if (_root.Visible().FirstOrDefault(element => element.Name == elementName) is { } element)
            PointerMove(new PointerInput(element.Bounds.MidX * _context.PixelScale, element.Bounds.MidY * _context.PixelScale));
    }

    /// <summary>A drag out of the window has taken the pointer over: whatever was held is let go.</summary>
    public void CancelPress() => _pressed = null;

    public bool Wheel(in WheelInput input)
    {
        var logical = input with { X = input.X / _context.PixelScale, Y = input.Y / _context.PixelScale };
        HideTooltip();
        if (_popup is not null)
            return true;
        return HitTest(logical.X, logical.Y)?.OnWheel(logical) ?? false;
    }

    /// <summary>False where the editor has no use for the key, and the host may have it.</summary>
    public bool Key(in KeyInput input)
    {
        HideTooltip();
        if (_popup is not null)
        {
            if (input.Key == EditorKey.Escape)
                ClosePopup();
            else
                _popup.OnKey(input);
            return true;
        }
        if (input.Key == EditorKey.Tab)
        {
            MoveFocus(input.Shift ? -1 : 1);
            return true;
        }
        if (input.Key == EditorKey.Escape && _context.Focused is not null)
        {
            _context.Focused = null;
            return true;
        }
        return _context.Focused?.OnKey(input) ?? false;
    }

    /// <summary>Text is being typed: the window wants the keyboard.</summary>
    public bool WantsKeyboard => _popup is not null;

    /// <summary>Nothing sounds on after the editor.</summary>
    public void Dispose()
    {
        _context.Actions.EndAudition();
        _painter.Dispose();
    }

    void IPopupHost.OpenMenu(SKRect anchor, IReadOnlyList<MenuItem> items) => Open(new PopupMenu(_context, items, anchor, _root.Bounds));

    void IPopupHost.OpenTextEntry(SKRect place, string text, Action<string> commit) =>
        Open(new TextEntry(_context, place, text, commit, _root.Bounds));

    void IPopupHost.Close() => ClosePopup();

    /// <summary>Shows the tooltip of what is hovered at once, for pictures.</summary>
    internal void ShowTooltip()
    {
        if (_context.Hovered is not { Tooltip.Length: > 0 } hovered || _popup is not null)
            return;
        _tooltip = new TooltipBox(_context, hovered.Tooltip, hovered.Bounds, _root.Bounds);
        _tooltip.Invalidate();
    }

    private void Open(Element popup)
    {
        ClosePopup();
        _popupOwner = _context.Focused;
        _popup = popup;
        InvalidateAround(popup);
    }

    private void ClosePopup()
    {
        if (_popup is null)
            return;
        InvalidateAround(_popup);
        _popup = null;
        _popupOwner = null;
    }

    /// <summary>Menus have a border outside of their bounds.</summary>
    private void InvalidateAround(Element element) => _context.Invalidate(SKRect.Inflate(element.Bounds, 3, 3));

    private Element? HitTest(float x, float y) =>
        _popup is not null && _popup.Bounds.Contains(x, y) ? _popup : _popup is not null ? null : _root.Hit(x, y);

    private PointerInput ToLogical(in PointerInput input) => input with { X = input.X / _context.PixelScale, Y = input.Y / _context.PixelScale };

    private void ShowTooltipIfDue(long nowMilliseconds)
    {
        if (_hoveredSince == long.MaxValue || _tooltip is not null || _pressed is not null)
            return;
        if (_hoveredSince == 0)
            _hoveredSince = nowMilliseconds;
        else if (nowMilliseconds - _hoveredSince >= TooltipDelayMilliseconds)
            ShowTooltip();
    }

    private void HideTooltip()
    {
        _hoveredSince = long.MaxValue;
        if (_tooltip is null)
            return;
        _tooltip.Invalidate();
        _tooltip = null;
    }

    private void MoveFocus(int direction)
    {
        var order = _root.Visible().Where(element => element.IsFocusable).ToList();
        if (order.Count == 0)
            return;
        var index = _context.Focused is { } focused ? order.IndexOf(focused) : -1;
        index = index < 0 ? (direction > 0 ? 0 : order.Count - 1) : (index + direction + order.Count) % order.Count;
        _context.ShowsFocus = true;
        _context.Focused = order[index];
    }

    private void Apply(EditorSettings settings)
    {
        _context.Settings = settings;
        _context.Theme = Theme.Of(settings.Theme);
        ClosePopup();
        Arrange();
        SettingsChanged?.Invoke(settings);
    }

    private void Arrange()
    {
        _context.PixelScale = (float)(_scale * _context.Settings.TextScale);
        // Text that is too large for the window gives way: every control stays reachable.
        var largest = Math.Min(_widthPixels / (float)SmallestWidth, _heightPixels / (float)SmallestHeight);
        _context.PixelScale = Math.Min(_context.PixelScale, Math.Max(0.5f, largest));
        _root.Arrange(SKRect.Create(0, 0, _widthPixels / _context.PixelScale, _heightPixels / _context.PixelScale));
        InvalidateAll();
    }
}
