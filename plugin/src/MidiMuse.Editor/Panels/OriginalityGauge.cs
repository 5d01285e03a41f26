using MidiMuse.Core.Originality;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>How free of the training music the answer is; full where nothing of it is known from there.</summary>
internal sealed class OriginalityGauge : Element
{
    public const float Width = 132;

    private string _text = "";
    private AnswerOriginality? _shown;

    public OriginalityGauge(EditorContext context)
        : base(context) => IsVisible = false;

    public override string Name => "originality";

    public override string Tooltip => _text;

    public override bool IsInteractive => true;

    public override void OnModelChanged()
    {
        if (ReferenceEquals(_shown, Context.Model.Originality))
            return;
        _shown = Context.Model.Originality;
        IsVisible = _shown is { Report.IsMeasured: true };
        _text = _shown is null ? "" : $"{Explain(_shown.Report.Verdict)}\n{_shown.Text}";
        Invalidate();
    }

    protected override void OnDraw(Painter painter)
    {
        if (_shown is not { } shown)
            return;
        var theme = painter.Theme;
        var verdict = shown.Report.Verdict;
        var color = verdict switch
        {
            OriginalityVerdict.Original => theme.Accent,
            OriginalityVerdict.Familiar => theme.Answer,
            _ => theme.Error,
        };
        painter.Text("Originality", Bounds.Left, Bounds.MidY - 8, TextStyle.Small, theme.Muted);
        painter.Text(NameOf(verdict), Bounds.Right, Bounds.MidY - 8, TextStyle.Small, theme.Text, TextAlign.Right);
        var bar = SKRect.Create(Bounds.Left, Bounds.MidY + 5, Bounds.Width, 6);
        painter.FillRound(bar, 3, theme.Line);
        painter.FillRound(SKRect.Create(bar.Left, bar.Top, bar.Width * ShareOf(shown.Report.Rank), bar.Height), 3, color);
    }

    /// <summary>Each verdict has its part of the bar, so that length and word never contradict each other.</summary>
    private static float ShareOf(double rank) => (float)(rank switch
    {
        < OriginalityReport.FamiliarRank => 1 - (0.55 * rank / OriginalityReport.FamiliarRank),
        < OriginalityReport.CopyRank => 0.45 - (0.25 * (rank - OriginalityReport.FamiliarRank) / (OriginalityReport.CopyRank - OriginalityReport.FamiliarRank)),
        _ => 0.1,
    });

    private static string NameOf(OriginalityVerdict verdict) => verdict switch
    {
        OriginalityVerdict.Original => "Original",
        OriginalityVerdict.Familiar => "Familiar",
        _ => "Known music",
    };

    private static string Explain(OriginalityVerdict verdict) => verdict switch
    {
        OriginalityVerdict.Original => "As free of the training music as most music by humans.",
        OriginalityVerdict.Familiar => "Closer to the training music than nine tenths of human music. Another candidate may be freer.",
        _ => "Closer to the training music than 99 of 100 human passages. Do not publish it as your own without a look at the piece.",
    };
}
