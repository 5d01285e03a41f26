using MidiMuse.Editor.Advice;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>What the instance does, and what the player can do now.</summary>
internal sealed class StatusPill : Element
{
    private string _advice = "";

    public StatusPill(EditorContext context)
        : base(context)
    {
        context.Parameters.Watch(ParameterId.Bypass, this);
        context.Parameters.Watch(ParameterId.Arm, this);
    }

    public override string Name => "status";

    public override string Tooltip => _advice;

    public override bool IsInteractive => true;

    public override void OnModelChanged() => Invalidate();

    public override void OnTransportChanged()
    {
        if (!ReferenceEquals(GuidanceText.Of(Context), _advice))
            Invalidate();
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        _advice = GuidanceText.Of(Context);
        var isFaulty = Context.Model.Instance.Problem is not null;
        var dot = isFaulty ? theme.Error : ColorOf(theme, Context.Model);
        painter.FillCircle(Bounds.Left + 6, Bounds.Top + 13, 4.5f, dot);
        painter.Text(isFaulty ? "Not ready" : PhaseText(Context.Model), Bounds.Left + 18, Bounds.Top + 13, TextStyle.Strong, theme.Text);
        painter.Text(_advice, Bounds.Left + 18, Bounds.Top + 31, TextStyle.Small, isFaulty ? theme.Error : theme.Muted, TextAlign.Left, Bounds.Width - 20);
    }

    private static string PhaseText(EditorModel model) => model.Instance.Phase switch
    {
        EnginePhase.Waiting => "Waiting for your motif",
        EnginePhase.Capturing => "Capturing",
        EnginePhase.Answering => "Answering",
        EnginePhase.Faulted => "Not ready",
        _ when model.HasAnswer => "Answer ready",
        _ => "Idle",
    };

    private static SKColor ColorOf(Theme theme, EditorModel model) => model.Instance.Phase switch
    {
        EnginePhase.Waiting => theme.Accent,
        EnginePhase.Capturing => theme.Motif,
        EnginePhase.Answering => theme.Answer,
        EnginePhase.Faulted => theme.Error,
        _ when model.HasAnswer => theme.Answer,
        _ => theme.Faint,
    };
}
