using MidiMuse.Core.Harmony;
using MidiMuse.Core.Time;
using MidiMuse.Editor.Controls;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using SkiaSharp;

namespace MidiMuse.Editor.PianoRoll;

/// <summary>The chords that the answer follows, over their bars: typed here with a click, or found in the motif.</summary>
internal sealed class ChordLaneElement(EditorContext context, PianoRollElement roll) : ClickableElement(context)
{
    public const float Height = 18;

    private const string Invitation = "Chords of the answer: click to type, such as Dm7 | G7 | Cmaj7 | %";
    private const float EntryWidth = 520;

    private readonly TextSetting _typed = new(context, TextTable.Find(TextTable.Chords)!);
    private readonly List<Cell> _cells = [];
    private EditorModel? _shown;

    public override string Name => "chordLane";

    public override string Tooltip => _typed.Problem.Length > 0 ? _typed.Problem : "The chords that the answer follows. Click to type them; an empty line takes them away.";

    /// <summary>What is shown, in order of position.</summary>
    public IReadOnlyList<Cell> Cells => _cells;

    private bool IsHeard => (ChordSource)(int)Context.Parameters.Plain(ParameterId.ChordSource) == ChordSource.Motif;

    public override void OnModelChanged()
    {
        if (ReferenceEquals(_shown, Context.Model))
            return;
        _shown = Context.Model;
        Collect();
        Invalidate();
    }

    public override bool OnWheel(in WheelInput input) => roll.OnWheel(input);

    /// <summary>Typed chords are meant to be followed.</summary>
    protected override void Act() => _typed.Edit(
        SKRect.Create(Bounds.Left + 4, Bounds.Top, Math.Min(EntryWidth, Bounds.Width - 8), Bounds.Height),
        isTaken =>
        {
            if (isTaken && (ChordSource)(int)Context.Parameters.Plain(ParameterId.ChordSource) != ChordSource.Given)
                Context.Parameters.Set(ParameterId.ChordSource, ParameterTable.Find(ParameterId.ChordSource)!.ToNormalised((int)ChordSource.Given));
            Invalidate();
        });

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        painter.Fill(Bounds, IsHovered ? theme.Hover : theme.Panel);
        painter.PushClip(Bounds);
        for (var i = 0; i < _cells.Count; i++)
            DrawCell(painter, _cells[i]);
        painter.PopClip();
        if (_typed.Problem.Length > 0)
            painter.Text(_typed.Problem, Bounds.Left + 8, Bounds.MidY, TextStyle.Small, theme.Error, TextAlign.Left, Bounds.Width - 16);
        else if (_cells.Count == 0)
            painter.Text(_typed.Text.Length > 0 ? _typed.Text : Invitation, Bounds.Left + 8, Bounds.MidY, TextStyle.Small, _typed.Text.Length > 0 ? theme.Text : theme.Faint, TextAlign.Left, Bounds.Width - 16);
        painter.Fill(new SKRect(Bounds.Left, Bounds.Bottom - 1, Bounds.Right, Bounds.Bottom), theme.Line);
        DrawFocus(painter, 2);
    }

    private void DrawCell(Painter painter, in Cell cell)
    {
        var theme = painter.Theme;
        var viewport = roll.Viewport;
        var rect = new SKRect(viewport.X(cell.StartPpq) + 1, Bounds.Top + 2, viewport.X(cell.EndPpq) - 1, Bounds.Bottom - 3);
        if (rect.Right < Bounds.Left || rect.Left > Bounds.Right || _typed.Problem.Length > 0)
            return;
        painter.FillRound(rect, 3, theme.Raised);
        painter.Text(cell.Chord, Math.Max(rect.Left, Bounds.Left) + 6, rect.MidY, TextStyle.Small, theme.Text, TextAlign.Left, Math.Max(0, rect.Width - 10));
    }

    /// <summary>The lane begins with the answer and repeats to its end; one that was heard lies over the motif as well.</summary>
    private void Collect()
    {
        _cells.Clear();
        if (Context.Model.Instance is not { Chords: { } lane, Motif: { } motif })
            return;
        var barPpq = motif.Meter.BarPpq;
        var answerBars = (int)Math.Ceiling((Context.Model.EndPpq - motif.EndPpq) / barPpq);
        var firstBar = IsHeard ? -(int)Math.Round((motif.EndPpq - motif.StartPpq) / barPpq) : 0;
        for (var bar = firstBar; bar < Math.Max(answerBars, lane.Bars); bar++)
            AddBar(lane, motif.Meter, bar, motif.EndPpq + (bar * barPpq));
    }

    private void AddBar(ChordLane lane, Meter meter, int bar, double startPpq)
    {
        var chords = lane.BarAt(bar);
        for (var i = 0; i < chords.Length; i++)
        {
            var (first, next) = (ChordLane.ShareTick(meter, chords.Length, i), i + 1 < chords.Length ? ChordLane.ShareTick(meter, chords.Length, i + 1) : meter.BarTicks);
            if (i > 0 && chords[i] == chords[i - 1])
                _cells[^1] = _cells[^1] with { EndPpq = startPpq + GridTime.ToPpq(next) };
            else
                _cells.Add(new Cell(startPpq + GridTime.ToPpq(first), startPpq + GridTime.ToPpq(next), chords[i].ToString()));
        }
    }

    /// <summary>A chord in project ppq.</summary>
    internal readonly record struct Cell(double StartPpq, double EndPpq, string Chord);
}
