using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>Rows of one height under each other; the wheel scrolls.</summary>
internal sealed class RowList(EditorContext context, string name, float rowHeight) : Element(context)
{
    private readonly List<Element> _rows = [];
    private float _scroll;

    public override string Name => name;

    public override bool IsInteractive => true;

    public void Show(int count, Func<int, Element> makeRow)
    {
        if (_rows.Count == count)
            return;
        _rows.Clear();
        RemoveChildren();
        for (var i = 0; i < count; i++)
            _rows.Add(Add(makeRow(i)));
        Invalidate();
    }

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        _scroll = Math.Clamp(_scroll, 0, Math.Max(0, (_rows.Count * rowHeight) - bounds.Height));
        for (var i = 0; i < _rows.Count; i++)
            _rows[i].Arrange(SKRect.Create(bounds.Left + 1, bounds.Top + (i * rowHeight) - _scroll, bounds.Width - 1, rowHeight));
    }

    public bool Scroll(float steps)
    {
        _scroll -= steps * rowHeight;
        Arrange(Bounds);
        Invalidate();
        return true;
    }

    public override bool OnWheel(in WheelInput input) => Scroll(input.Steps);

    protected override void OnDraw(Painter painter) => painter.PushClip(Bounds);

    protected override void OnDrawOver(Painter painter)
    {
        painter.PopClip();
        var content = _rows.Count * rowHeight;
        if (content <= Bounds.Height + 0.5f)
            return;
        var length = Math.Max(20, Bounds.Height * Bounds.Height / content);
        var top = Bounds.Top + ((Bounds.Height - length) * _scroll / (content - Bounds.Height));
        painter.FillRound(SKRect.Create(Bounds.Right - 5, top, 3, length), 1.5f, painter.Theme.Faint);
    }
}
