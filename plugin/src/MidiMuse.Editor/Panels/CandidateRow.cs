using System.Globalization;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Commands;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>One of several answers, with its score and the reasons for it. Pointed at, its notes show in the roll.</summary>
internal sealed class CandidateRow(EditorContext context, int index) : ClickableElement(context)
{
    public const float Height = 58;

    /// <summary>Left and right of the reasons, outside and inside of the card.</summary>
    private const float ReasonMargin = 40;

    private string _name = "";
    private string _score = "";
    private string _firstReasons = "";
    private string _otherReasons = "";
    private string _tooltip = "";
    private Candidate? _shown;

    public override string Name => $"candidate:{index}";

    public override string Tooltip => _tooltip;

    private Candidate? Candidate => index < Context.Model.Instance.Candidates.Length ? Context.Model.Instance.Candidates[index] : null;

    public override void OnModelChanged() => Invalidate();

    public override void OnPointerMove(in PointerInput input) => Context.ShownCandidate = Candidate;

    public override void OnPointerLeave() => Context.ShownCandidate = null;

    public override bool OnWheel(in WheelInput input) => Context.Scroll("candidates", input.Steps);

    protected override void OnDraw(Painter painter)
    {
        if (Candidate is not { } candidate)
            return;
        Describe(candidate);
        var theme = painter.Theme;
        var isCurrent = Context.Model.Instance.CurrentCandidate == candidate.Index;
        var card = new SKRect(Bounds.Left + 10, Bounds.Top + 2, Bounds.Right - 10, Bounds.Bottom - 3);
        painter.FillRound(card, 6, IsHovered ? theme.Hover : theme.Raised);
        if (isCurrent)
            painter.StrokeRound(card, 6, theme.Answer, 1.5f);
        painter.Text(_name, card.Left + 10, card.Top + 13, TextStyle.Strong, theme.Text);
        var bar = SKRect.Create(card.Right - 92, card.Top + 10, 50, 5);
        painter.FillRound(bar, 2.5f, theme.Line);
        painter.FillRound(SKRect.Create(bar.Left, bar.Top, bar.Width * (float)Math.Clamp(candidate.Score, 0, 1), bar.Height), 2.5f, isCurrent ? theme.Answer : theme.Candidate);
        painter.Text(_score, card.Right - 10, card.Top + 13, TextStyle.Small, theme.Muted, TextAlign.Right);
        painter.Text(_firstReasons, card.Left + 10, card.Top + 29, TextStyle.Tiny, theme.Muted, TextAlign.Left, card.Width - 20);
        painter.Text(_otherReasons, card.Left + 10, card.Top + 43, TextStyle.Tiny, theme.Muted, TextAlign.Left, card.Width - 20);
        DrawFocus(painter, 6);
    }

    protected override void Act()
    {
        if (Candidate is { } candidate)
            Context.Actions.Post(new ChooseCandidate(candidate.Index));
    }

    /// <summary>The row has room for the words; the tooltip has the figures in brackets as well.</summary>
    private static string WithoutFigures(string reason) => reason.IndexOf(" (", StringComparison.Ordinal) is var bracket and > 0 ? reason[..bracket] : reason;

    private void Describe(Candidate candidate)
    {
        if (ReferenceEquals(_shown, candidate))
            return;
        _shown = candidate;
        _name = candidate.IsComplete
            ? $"Answer {(char)('A' + (candidate.Index % 26))}"
            : string.Create(CultureInfo.InvariantCulture, $"Answer {(char)('A' + (candidate.Index % 26))}, bar {candidate.Bars.Length} of {candidate.BarsWanted}");
        _score = (candidate.Score * 100).ToString("0", CultureInfo.InvariantCulture);
        (_firstReasons, _otherReasons) = ("", "");
        var font = Typefaces.Of(TextStyle.Tiny);
        foreach (var reason in candidate.Reasons.Select(WithoutFigures))
        {
            var longer = _firstReasons.Length == 0 ? reason : $"{_firstReasons} · {reason}";
            if (_otherReasons.Length == 0 && (_firstReasons.Length == 0 || font.MeasureText(longer) <= Bounds.Width - ReasonMargin))
                _firstReasons = longer;
            else
                _otherReasons = _otherReasons.Length == 0 ? reason : $"{_otherReasons} · {reason}";
        }
        _tooltip = string.Join("\n", candidate.Reasons.Append("Click to go on with this answer."));
    }
}
