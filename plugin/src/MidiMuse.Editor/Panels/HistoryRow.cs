using System.Globalization;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.Popups;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.History;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>An earlier answer: a click brings it back, the star keeps it.</summary>
/// <param name="index">0 is the latest.</param>
internal sealed class HistoryRow(EditorContext context, int index) : Element(context)
{
    public const float Height = 34;

    private const float StarWidth = 34;

    private HistoryEntry? _shown;
    private string _details = "";

    public override string Name => $"history:{index}";

    public override string Tooltip => "Click to bring this answer back with its settings. The star keeps it.";

    public override bool IsFocusable => true;

    private HistoryEntry? Entry
    {
        get
        {
            var history = Context.Model.Instance.History;
            return index < history.Length ? history[history.Length - 1 - index] : null;
        }
    }

    public override void OnModelChanged() => Invalidate();

    public override bool OnWheel(in WheelInput input) => Context.Scroll("history", input.Steps);

    public override void OnPointerDown(in PointerInput input)
    {
        if (Entry is not { } entry || input.Button != PointerButton.Left)
            return;
        if (input.X < Bounds.Left + StarWidth)
            Context.Actions.Post(new MarkFavourite(entry.Id, !entry.IsFavourite));
        else
            Context.Actions.Post(new Recall(entry.Id));
    }

    public override void OnPointerUp(in PointerInput input)
    {
        if (Entry is not { } entry || input.Button != PointerButton.Right)
            return;
        Context.Popups.OpenMenu(new SKRect(input.X, input.Y, input.X + 1, input.Y + 1),
        [
            new MenuItem("Bring back", () => Context.Actions.Post(new Recall(entry.Id))),
            new MenuItem("Favourite", () => Context.Actions.Post(new MarkFavourite(entry.Id, !entry.IsFavourite)), entry.IsFavourite),
            new MenuItem("Remove from the history", () => Context.Actions.Post(new ForgetAnswer(entry.Id))),
        ]);
    }

    public override bool OnKey(in KeyInput input)
    {
        if (Entry is not { } entry || input.Key is not EditorKey.Enter)
            return false;
        Context.Actions.Post(new Recall(entry.Id));
        return true;
    }

    protected override void OnDraw(Painter painter)
    {
        if (Entry is not { } entry)
            return;
        if (!ReferenceEquals(_shown, entry))
        {
            _shown = entry;
            _details = string.Create(CultureInfo.InvariantCulture, $"{entry.Bars.Length} bars");
        }
        var theme = painter.Theme;
        if (IsHovered)
            painter.FillRound(new SKRect(Bounds.Left + 6, Bounds.Top + 1, Bounds.Right - 8, Bounds.Bottom - 1), 5, theme.Hover);
        painter.FillPath(Icons.Star, Bounds.Left + 13, Bounds.MidY - 7, 14, entry.IsFavourite ? theme.Answer : theme.Line);
        painter.Text(_details, Bounds.Right - 16, Bounds.MidY, TextStyle.Small, theme.Faint, TextAlign.Right);
        painter.Text(entry.Title, Bounds.Left + StarWidth + 2, Bounds.MidY, TextStyle.Body, theme.Text, TextAlign.Left, Bounds.Width - StarWidth - 68);
        DrawFocus(painter);
    }
}
