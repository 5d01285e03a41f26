using MidiMuse.Editor.Advice;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>Before the first motif: three steps, and how this host brings the answer to a sound.</summary>
internal sealed class EmptyState(EditorContext context) : Element(context)
{
    private const float CardWidth = 620;
    private const float CardHeight = 186;

    private static readonly string[] Steps =
    [
        "Switch Arm on.",
        "Start the transport and play a motif, two bars for example.",
        "On the next bar line MidiMuse answers. Drag what you like out as a clip.",
    ];

    private readonly List<string> _routing = [];
    private string? _host;

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(SKRect.Create(
            bounds.MidX - (Math.Min(CardWidth, bounds.Width - 40) / 2),
            bounds.MidY - (CardHeight / 2),
            Math.Min(CardWidth, bounds.Width - 40),
            CardHeight));
        _host = null;
    }

    public override void OnModelChanged() =>
        IsVisible = Context.Model.Instance is { Motif: null, MotifInTheMaking: null } && !Context.Model.HasAnswer;

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        painter.FillRound(Bounds, 12, theme.Panel.WithAlpha(245));
        painter.StrokeRound(Bounds, 12, theme.Line);
        var x = Bounds.Left + 28;
        painter.Text("Play something. MidiMuse answers.", x, Bounds.Top + 30, TextStyle.Title, theme.Text);
        for (var i = 0; i < Steps.Length; i++)
        {
            var y = Bounds.Top + 62 + (i * 24);
            painter.FillCircle(x + 8, y, 9, theme.Raised);
            painter.Text(PianoRoll.NoteNames.Number(i + 1), x + 8, y, TextStyle.Small, theme.Text, TextAlign.Centre);
            painter.Text(Steps[i], x + 26, y, TextStyle.Body, theme.Text, TextAlign.Left, Bounds.Width - 80);
        }
        WrapRouting(painter);
        for (var i = 0; i < _routing.Count; i++)
            painter.Text(_routing[i], x, Bounds.Top + 144 + (i * 18), TextStyle.Small, theme.Muted);
    }

    private void WrapRouting(Painter painter)
    {
        if (_host == Context.Model.HostName)
            return;
        _host = Context.Model.HostName;
        _routing.Clear();
        var line = "";
        foreach (var word in HostRouting.Of(_host).Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (painter.TextWidth(longer, TextStyle.Small) > Bounds.Width - 56)
            {
                _routing.Add(line);
                longer = word;
            }
            line = longer;
        }
        _routing.Add(line);
    }
}
