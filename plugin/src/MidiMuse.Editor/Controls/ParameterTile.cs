using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.Popups;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>A control of one parameter: title, value, and every way to set it that players expect.</summary>
internal abstract class ParameterTile : Element
{
    public const float Width = 150;
    public const float Height = 46;

    private const double ContinuousStep = 0.01;
    private const double FineContinuousStep = 0.001;

    private static readonly bool CanLearn = CommandTable.All.Any(command => command.Verb.StartsWith("learn", StringComparison.Ordinal));

    protected ParameterTile(EditorContext context, ParameterDefinition definition)
        : base(context)
    {
        Definition = definition;
        context.Parameters.Watch(definition.Id, this);
    }

    public ParameterDefinition Definition { get; }

    public override string Name => Definition.Key;

    public override string Tooltip => ParameterHelp.Of(Definition);

    public override bool IsFocusable => !Definition.ReadOnly;

    public override bool IsInteractive => true;

    protected double Value => Context.Parameters.Normalised(Definition.Id);

    protected string ValueText => Context.Parameters.Text(Definition.Id);

    protected SKRect ValueArea { get; set; }

    public override bool OnWheel(in WheelInput input)
    {
        if (Definition.ReadOnly)
            return false;
        Step(Math.Sign(input.Steps), input.Shift);
        return true;
    }

    public override bool OnKey(in KeyInput input)
    {
        switch (input.Key)
        {
            case EditorKey.Up or EditorKey.Right:
                Step(1, input.Shift);
                return true;
            case EditorKey.Down or EditorKey.Left:
                Step(-1, input.Shift);
                return true;
            case EditorKey.Home:
                Context.Parameters.Set(Definition.Id, 0);
                return true;
            case EditorKey.End:
                Context.Parameters.Set(Definition.Id, 1);
                return true;
            case EditorKey.Delete or EditorKey.Backspace:
                Reset();
                return true;
            case EditorKey.Enter or EditorKey.Space:
                Activate();
                return true;
            default:
                return false;
        }
    }

    public override void OnPointerUp(in PointerInput input)
    {
        if (input.Button == PointerButton.Right && Bounds.Contains(input.X, input.Y))
            OpenContextMenu(input.X, input.Y);
    }

    /// <summary>What Enter, Space or a click does.</summary>
    protected virtual void Activate() => OpenTextEntry();

    protected void Reset() => Context.Parameters.Set(Definition.Id, Definition.DefaultNormalised);

    protected void OpenTextEntry() => Context.Popups.OpenTextEntry(ValueArea, Definition.ToText(Value), text =>
    {
        if (Definition.TryParse(text, out var normalised))
            Context.Parameters.Set(Definition.Id, normalised);
    });

    protected void Step(int direction, bool isFine)
    {
        if (direction == 0)
            return;
        if (Definition.Steps > 0)
            Context.Parameters.Set(Definition.Id, Definition.ToNormalised(Definition.ToPlain(Value) + direction));
        else
            Context.Parameters.Set(Definition.Id, Value + (direction * (isFine ? FineContinuousStep : ContinuousStep)));
    }

    protected void DrawTitle(Painter painter, float x, float width)
    {
        var color = IsHovered ? painter.Theme.Text : painter.Theme.Muted;
        painter.Text(Definition.Title, x, Bounds.Top + 12, TextStyle.Small, color, TextAlign.Left, width);
    }

    protected void DrawValue(Painter painter, float x, float width) =>
        painter.Text(ValueText, x, Bounds.Top + 31, TextStyle.Strong, painter.Theme.Text, TextAlign.Left, width);

    /// <summary>Controllers can be learned once the engine knows how.</summary>
    private void AddLearning(List<MenuItem> items)
    {
        if (!CanLearn)
            return;
        items.Add(Context.Model.Instance.Learning == Definition.Id
            ? new MenuItem("Stop learning", () => Context.Actions.Post(new CancelLearning()))
            : new MenuItem("Learn a MIDI controller", () => Context.Actions.Post(new LearnController(Definition.Id))));
        if (Context.Model.Instance.Controllers.Any(mapping => mapping.ParameterId == Definition.Id))
            items.Add(new MenuItem("Forget its controller", () => Context.Actions.Post(new ForgetController(Definition.Id))));
    }

    private void OpenContextMenu(float x, float y)
    {
        var scale = Context.PixelScale;
        var (menuX, menuY) = ((int)(x * scale), (int)(y * scale));
        List<MenuItem> items = [new(Definition.Title, null), new("Reset to the default", Reset)];
        if (!Definition.IsList)
            items.Add(new MenuItem("Type a value…", OpenTextEntry));
        AddLearning(items);
        if (Context.Actions.HasHostMenu)
            items.Add(new MenuItem("More from the host…", () => Context.Actions.ShowHostMenu(Definition.Id, menuX, menuY)));
        Context.Popups.OpenMenu(new SKRect(x, y, x + 1, y + 1), items);
    }
}
