using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Elements;

/// <summary>
/// One rectangle of the view. Layout, drawing and hit testing use the same tree, so what can be seen can be clicked. [ui]
/// </summary>
internal abstract class Element(EditorContext context)
{
    private readonly List<Element> _children = [];
    private bool _isVisible = true;

    public EditorContext Context { get; } = context;

    public SKRect Bounds { get; private set; }

    /// <summary>What tests and key focus know it by, or empty.</summary>
    public virtual string Name => "";

    public virtual string Tooltip => "";

    /// <summary>Takes keys when it has the focus.</summary>
    public virtual bool IsFocusable => false;

    /// <summary>Can be pointed at.</summary>
    public virtual bool IsInteractive => IsFocusable;

    public IReadOnlyList<Element> Children => _children;

    public bool IsVisible
    {
        get => _isVisible;
        set
        {
            if (_isVisible == value)
                return;
            _isVisible = value;
            Invalidate();
        }
    }

    public bool IsHovered => Context.Hovered == this;

    public bool IsFocused => Context.Focused == this;

    public virtual void Arrange(SKRect bounds)
    {
        Bounds = bounds;
    }

    public void Draw(Painter painter)
    {
        if (!IsVisible || !painter.IsDamaged(Bounds))
            return;
        OnDraw(painter);
        for (var i = 0; i < _children.Count; i++)
            _children[i].Draw(painter);
        OnDrawOver(painter);
    }

    /// <summary>The topmost interactive element at a point.</summary>
    public Element? Hit(float x, float y)
    {
        if (!IsVisible || !Bounds.Contains(x, y))
            return null;
        for (var i = _children.Count - 1; i >= 0; i--)
        {
            if (_children[i].Hit(x, y) is { } hit)
                return hit;
        }
        return IsInteractive ? this : null;
    }

    public void Invalidate() => Context.Invalidate(Bounds);

    /// <summary>This element and all below it that can be seen, in drawing order.</summary>
    public IEnumerable<Element> Visible()
    {
        if (!IsVisible)
            yield break;
        yield return this;
        foreach (var child in _children)
        {
            foreach (var element in child.Visible())
                yield return element;
        }
    }

    public virtual void OnPointerDown(in PointerInput input)
    {
    }

    /// <summary>While a button is held the element that it went down on hears of every move.</summary>
    public virtual void OnPointerDrag(in PointerInput input)
    {
    }

    public virtual void OnPointerUp(in PointerInput input)
    {
    }

    public virtual void OnPointerMove(in PointerInput input)
    {
    }

    public virtual void OnPointerLeave()
    {
    }

    /// <summary>False passes the wheel on to the parent.</summary>
    public virtual bool OnWheel(in WheelInput input) => false;

    /// <summary>False passes the key on to the view and then to the host.</summary>
    public virtual bool OnKey(in KeyInput input) => false;

    /// <summary>The model or the transport has changed.</summary>
    public virtual void OnModelChanged()
    {
        for (var i = 0; i < _children.Count; i++)
            _children[i].OnModelChanged();
    }

    public virtual void OnTransportChanged()
    {
        for (var i = 0; i < _children.Count; i++)
            _children[i].OnTransportChanged();
    }

    protected T Add<T>(T child)
        where T : Element
    {
        _children.Add(child);
        return child;
    }

    protected void RemoveChildren() => _children.Clear();

    protected virtual void OnDraw(Painter painter)
    {
    }

    protected virtual void OnDrawOver(Painter painter)
    {
    }

    protected void DrawFocus(Painter painter, float radius = 5)
    {
        if (IsFocused && Context.ShowsFocus)
            painter.StrokeRound(Bounds, radius, painter.Theme.Accent, 1.5f);
    }
}
