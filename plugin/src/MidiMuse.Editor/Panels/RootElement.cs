using MidiMuse.Editor.Controls;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.PianoRoll;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>Where everything stands.</summary>
internal sealed class RootElement : Element
{
    /// <summary>Narrower views keep the room for the roll.</summary>
    private const float WidthForSidePanel = 980;

    private readonly HeaderBar _header;
    private readonly ToolStrip _tools;
    private readonly SidePanel _side;
    private readonly EmptyState _empty;
    private readonly ControlPanel _controls;
    private readonly FooterBar _footer;

    public RootElement(EditorContext context)
        : base(context)
    {
        _header = Add(new HeaderBar(context));
        Roll = Add(new PianoRollElement(context));
        _tools = Add(new ToolStrip(context, Roll));
        _side = Add(new SidePanel(context));
        _empty = Add(new EmptyState(context));
        _controls = Add(new ControlPanel(context));
        _footer = Add(new FooterBar(context));
        context.Scroll = (list, steps) => Visible().OfType<RowList>().FirstOrDefault(rows => rows.Name == list)?.Scroll(steps) ?? false;
    }

    public PianoRollElement Roll { get; }

    /// <summary>Null where the engine understands no words.</summary>
    public WordsField? Words => _tools.Words;

    public ControlPanel Controls => _controls;

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        _header.Arrange(SKRect.Create(0, 0, bounds.Width, HeaderBar.Height));
        var footerTop = bounds.Height - FooterBar.Height;
        var controlsHeight = ControlPanel.HeightFor(bounds.Height);
        _footer.Arrange(new SKRect(0, footerTop, bounds.Width, bounds.Height));
        _controls.Arrange(new SKRect(0, footerTop - controlsHeight, bounds.Width, footerTop));
        _tools.Arrange(SKRect.Create(0, HeaderBar.Height, bounds.Width, ToolStrip.Height));
        var middle = new SKRect(0, _tools.Bounds.Bottom, bounds.Width, footerTop - controlsHeight);
        _side.IsVisible = _side.HasContent && bounds.Width >= WidthForSidePanel;
        if (_side.IsVisible)
            middle.Right -= SidePanel.Width;
        _side.Arrange(new SKRect(bounds.Width - SidePanel.Width, middle.Top, bounds.Width, middle.Bottom));
        Roll.Arrange(middle);
        _empty.Arrange(Roll.Viewport.Area);
    }

    public override void OnModelChanged()
    {
        base.OnModelChanged();
        if (_side.IsVisible == (_side.HasContent && Bounds.Width >= WidthForSidePanel))
            return;
        Arrange(Bounds);
        Invalidate();
    }

    protected override void OnDraw(Painter painter) => painter.Fill(painter.Clip, painter.Theme.Window);
}
