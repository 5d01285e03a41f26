using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>The answers to choose from: candidates to this motif above, earlier answers below.</summary>
internal sealed class SidePanel : Element
{
    public const float Width = 264;

    private const float HeadingHeight = 26;

    private readonly RowList _candidates;
    private readonly RowList _history;

    public SidePanel(EditorContext context)
        : base(context)
    {
        _candidates = Add(new RowList(context, "candidates", CandidateRow.Height));
        _history = Add(new RowList(context, "history", HistoryRow.Height));
        IsVisible = false;
    }

    public bool HasContent => !Context.Model.Instance.Candidates.IsEmpty || !Context.Model.Instance.History.IsEmpty;

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        var instance = Context.Model.Instance;
        var wanted = instance.Candidates.Length * CandidateRow.Height;
        var most = instance.History.IsEmpty ? bounds.Height : bounds.Height * 0.6f;
        var height = instance.Candidates.IsEmpty ? 0 : Math.Min(wanted, most - HeadingHeight);
        _candidates.IsVisible = height > 0;
        _candidates.Arrange(SKRect.Create(bounds.Left, bounds.Top + HeadingHeight, bounds.Width, height));
        var historyTop = height > 0 ? _candidates.Bounds.Bottom + 4 : bounds.Top;
        _history.IsVisible = !instance.History.IsEmpty;
        _history.Arrange(new SKRect(bounds.Left, historyTop + HeadingHeight, bounds.Right, bounds.Bottom));
    }

    public override void OnModelChanged()
    {
        var instance = Context.Model.Instance;
        _candidates.Show(instance.Candidates.Length, index => new CandidateRow(Context, index));
        // The latest first.
        _history.Show(instance.History.Length, index => new HistoryRow(Context, index));
        Arrange(Bounds);
        base.OnModelChanged();
        Invalidate();
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        painter.Fill(Bounds, theme.Panel);
        painter.Fill(new SKRect(Bounds.Left, Bounds.Top, Bounds.Left + 1, Bounds.Bottom), theme.Line);
        if (_candidates.IsVisible)
            painter.Text("Candidates", Bounds.Left + 14, _candidates.Bounds.Top - (HeadingHeight / 2), TextStyle.Strong, theme.Muted);
        if (_history.IsVisible)
            painter.Text("History", Bounds.Left + 14, _history.Bounds.Top - (HeadingHeight / 2), TextStyle.Strong, theme.Muted);
    }
}
