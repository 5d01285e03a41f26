using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Popups;

/// <summary>A list to choose from, in as many columns as it needs.</summary>
internal sealed class PopupMenu : Element
{
    private const float RowHeight = 24;
    private const float Padding = 5;

    private readonly IReadOnlyList<MenuItem> _items;
    private readonly int _columns;
    private readonly int _rows;
    private readonly float _columnWidth;
    private int _selected = -1;

    public PopupMenu(EditorContext context, IReadOnlyList<MenuItem> items, SKRect anchor, SKRect view)
        : base(context)
    {
        _items = items;
        var mostRows = Math.Max(1, (int)((view.Height - 20 - (2 * Padding)) / RowHeight));
        _columns = (items.Count + mostRows - 1) / mostRows;
        _rows = (items.Count + _columns - 1) / _columns;
        _columnWidth = Math.Max(Math.Max(anchor.Width, 90), items.Max(item => Typefaces.Of(TextStyle.Body).MeasureText(item.Text)) + 46);
        var (width, height) = ((_columnWidth * _columns) + (2 * Padding), (_rows * RowHeight) + (2 * Padding));
        var top = anchor.Bottom + 2 + height <= view.Bottom - 4 ? anchor.Bottom + 2 : Math.Max(view.Top + 4, anchor.Top - 2 - height);
        if (top + height > view.Bottom - 4)
            top = Math.Max(view.Top + 4, view.Bottom - 4 - height);
        Arrange(SKRect.Create(Math.Max(4, Math.Min(anchor.Left, view.Right - 4 - width)), top, width, height));
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].IsChecked)
                _selected = i;
        }
    }

    public override string Name => "menu";

    public override bool IsInteractive => true;

    public IReadOnlyList<MenuItem> Items => _items;

    /// <summary>Where an item is, for the pointer.</summary>
    public SKRect AreaOf(int index) => SKRect.Create(
        Bounds.Left + Padding + (index / _rows * _columnWidth), Bounds.Top + Padding + (index % _rows * RowHeight), _columnWidth, RowHeight);

    public override void OnPointerMove(in PointerInput input) => Select(IndexAt(input.X, input.Y));

    public override void OnPointerDrag(in PointerInput input) => Select(IndexAt(input.X, input.Y));

    public override void OnPointerUp(in PointerInput input)
    {
        var index = IndexAt(input.X, input.Y);
        if (index >= 0)
            Choose(index);
    }

    public override bool OnKey(in KeyInput input)
    {
        switch (input.Key)
        {
            case EditorKey.Up:
                Move(-1);
                return true;
            case EditorKey.Down:
                Move(1);
                return true;
            case EditorKey.Left:
                Move(-_rows);
                return true;
            case EditorKey.Right:
                Move(_rows);
                return true;
            case EditorKey.Enter or EditorKey.Space:
                if (_selected >= 0)
                    Choose(_selected);
                return true;
            default:
                return false;
        }
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        painter.FillRound(SKRect.Inflate(Bounds, 1, 1), 8, theme.Faint.WithAlpha(120));
        painter.FillRound(Bounds, 7, theme.Panel);
        for (var i = 0; i < _items.Count; i++)
            DrawItem(painter, _items[i], AreaOf(i), i == _selected);
    }

    private static void DrawItem(Painter painter, MenuItem item, SKRect area, bool isSelected)
    {
        var theme = painter.Theme;
        if (item.Run is null)
        {
            painter.Text(item.Text, area.Left + 10, area.MidY, TextStyle.Small, theme.Faint, TextAlign.Left, area.Width - 20);
            return;
        }
        if (isSelected)
            painter.FillRound(area, 4, theme.Hover);
        if (item.IsChecked)
            painter.FillPath(Icons.Check, area.Left + 8, area.MidY - 6, 12, theme.Accent);
        painter.Text(item.Text, area.Left + 28, area.MidY, TextStyle.Body, theme.Text, TextAlign.Left, area.Width - 34);
    }

    private void Move(int rows)
    {
        var next = _selected + rows;
        if (_selected < 0)
            next = rows > 0 ? 0 : _items.Count - 1;
        while (next >= 0 && next < _items.Count && _items[next].Run is null)
            next += Math.Sign(rows);
        if (next >= 0 && next < _items.Count)
            Select(next);
    }

    private int IndexAt(float x, float y)
    {
        for (var i = 0; i < _items.Count; i++)
        {
            if (_items[i].Run is not null && AreaOf(i).Contains(x, y))
                return i;
        }
        return -1;
    }

    private void Select(int index)
    {
        if (index < 0 || index == _selected)
            return;
        _selected = index;
        Invalidate();
    }

    private void Choose(int index)
    {
        Context.Popups.Close();
        _items[index].Run?.Invoke();
    }
}
