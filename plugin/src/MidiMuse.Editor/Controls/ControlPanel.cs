using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>Every parameter as a control, a page at a time; made from <see cref="ParameterTable"/>.</summary>
internal sealed class ControlPanel : Element
{
    private const float TabHeight = 30;
    private const float Gap = 6;
    private const float HeightForThreeRows = 820;

    private readonly List<TabButton> _tabs = [];
    private readonly List<ParameterTile[]> _pages = [];
    private readonly List<TextTile[]> _texts = [];
    private readonly PushButton _up;
    private readonly PushButton _down;
    private int _page;
    private int _firstRow;

    public ControlPanel(EditorContext context)
        : base(context)
    {
        foreach (var group in ControlGroups.All)
        {
            var index = _pages.Count;
            _tabs.Add(Add(new TabButton(context, group.Title, () => ShowPage(index))));
            _pages.Add([.. group.Parameters.Select(definition => Add(TileOf(context, definition)))]);
            _texts.Add([.. group.Texts.Select(definition => Add(new TextTile(context, definition)))]);
        }
        _up = Add(new PushButton(context, "controlsUp", "", Icons.ChevronUp, "Earlier controls", () => ScrollRows(-1)));
        _down = Add(new PushButton(context, "controlsDown", "", Icons.ChevronDown, "More controls", () => ScrollRows(1)));
        ShowPage(0);
    }

    public override bool IsInteractive => true;

    /// <summary>Rows of controls that fit beside a roll of a useful height; a fuller page is scrolled.</summary>
    public static float HeightFor(float viewHeight) =>
        TabHeight + Gap + ((viewHeight >= HeightForThreeRows ? 3 : 2) * (ParameterTile.Height + Gap));

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        var x = bounds.Left + 10;
        foreach (var tab in _tabs)
        {
            tab.Arrange(SKRect.Create(x, bounds.Top + 2, tab.PreferredWidth, TabHeight - 4));
            x += tab.PreferredWidth + 2;
        }
        _down.Arrange(SKRect.Create(bounds.Right - 38, bounds.Top + 4, 28, TabHeight - 6));
        _up.Arrange(SKRect.Create(bounds.Right - 70, bounds.Top + 4, 28, TabHeight - 6));
        ArrangePage();
    }

    public override bool OnWheel(in WheelInput input)
    {
        ScrollRows(-Math.Sign(input.Steps));
        return true;
    }

    public void ShowPage(int page)
    {
        _page = page;
        _firstRow = 0;
        for (var i = 0; i < _pages.Count; i++)
            _tabs[i].IsSelected = i == page;
        ArrangePage();
    }

    /// <summary>The page that holds a parameter comes to the front.</summary>
    public void Reveal(uint id)
    {
        var page = _pages.FindIndex(tiles => tiles.Any(tile => tile.Definition.Id == id));
        if (page < 0)
            return;
        ShowPage(page);
        ScrollRows(Array.FindIndex(_pages[page], tile => tile.Definition.Id == id) / Columns);
    }

    protected override void OnDraw(Painter painter)
    {
        painter.Fill(Bounds, painter.Theme.Panel);
        painter.Fill(new SKRect(Bounds.Left, Bounds.Top, Bounds.Right, Bounds.Top + 1), painter.Theme.Line);
    }

    private int Columns => Math.Max(3, (int)((Bounds.Width - 20) / (ParameterTile.Width + Gap)));

    private int VisibleRows => Math.Max(1, (int)((Bounds.Height - TabHeight - Gap + 1) / (ParameterTile.Height + Gap)));

    private int PageRows => TileRows(_page) + _texts[_page].Length;

    private int TileRows(int page) => (_pages[page].Length + Columns - 1) / Columns;

    private void ScrollRows(int rows)
    {
        _firstRow = Math.Clamp(_firstRow + rows, 0, Math.Max(0, PageRows - VisibleRows));
        ArrangePage();
    }

    private void ArrangePage()
    {
        _firstRow = Math.Clamp(_firstRow, 0, Math.Max(0, PageRows - VisibleRows));
        _up.IsVisible = _down.IsVisible = PageRows > VisibleRows;
        _up.IsEnabled = _firstRow > 0;
        _down.IsEnabled = _firstRow + VisibleRows < PageRows;
        var tileWidth = Math.Min(190, ((Bounds.Width - 20) / Columns) - Gap);
        for (var page = 0; page < _pages.Count; page++)
        {
            for (var i = 0; i < _pages[page].Length; i++)
            {
                var row = (i / Columns) - _firstRow;
                var tile = _pages[page][i];
                tile.Arrange(SKRect.Create(
                    Bounds.Left + 10 + (i % Columns * (tileWidth + Gap)), Bounds.Top + TabHeight + 4 + (row * (ParameterTile.Height + Gap)), tileWidth, ParameterTile.Height));
                tile.IsVisible = page == _page && row >= 0 && row < VisibleRows;
            }
            for (var i = 0; i < _texts[page].Length; i++)
            {
                var row = TileRows(page) + i - _firstRow;
                _texts[page][i].Arrange(SKRect.Create(
                    Bounds.Left + 10, Bounds.Top + TabHeight + 4 + (row * (ParameterTile.Height + Gap)), Math.Min(Bounds.Width - 20, 780), ParameterTile.Height));
                _texts[page][i].IsVisible = page == _page && row >= 0 && row < VisibleRows;
            }
        }
        Invalidate();
    }

    private static ParameterTile TileOf(EditorContext context, ParameterDefinition definition)
    {
        if (definition.ReadOnly)
            return new ReadoutTile(context, definition);
        if (definition.Momentary)
            return new ButtonTile(context, definition);
        if (!definition.IsList)
            return new KnobTile(context, definition);
        var isSwitch = definition.Steps == 1 && definition.ToText(0) == "Off" && definition.ToText(1) == "On";
        return isSwitch ? new SwitchTile(context, definition) : new MenuTile(context, definition);
    }
}
