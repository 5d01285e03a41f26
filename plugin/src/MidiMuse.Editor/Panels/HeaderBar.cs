using MidiMuse.Editor.Controls;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Popups;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>What is always needed: arm, status, presets, the editor's own settings.</summary>
internal sealed class HeaderBar : Element
{
    public const float Height = 50;

    private static readonly double[] TextScales = [0.85, 1, 1.15, 1.3, 1.5];

    private readonly ArmButton _arm;
    private readonly StatusPill _status;
    private readonly PushButton _presets;
    private readonly PushButton _textSize;
    private readonly PushButton _theme;

    public HeaderBar(EditorContext context)
        : base(context)
    {
        _arm = Add(new ArmButton(context));
        _status = Add(new StatusPill(context));
        _presets = Add(new PushButton(context, "presets", "Presets", null, "Sets of settings to start from", OpenPresets));
        _textSize = Add(new PushButton(context, "textSize", "Aa", null, "Size of text and controls", OpenTextSizes));
        _theme = Add(new PushButton(context, "theme", "", Icons.Sun, "Light or dark", SwitchTheme));
    }

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        var middle = bounds.MidY;
        SKRect Slot(float left, float width) => SKRect.Create(left, middle - 15, width, 30);
        _arm.Arrange(Slot(bounds.Left + 124, 84));
        _theme.Arrange(Slot(bounds.Right - 44, 34));
        _textSize.Arrange(Slot(_theme.Bounds.Left - 46, 40));
        _presets.Arrange(Slot(_textSize.Bounds.Left - 6 - _presets.PreferredWidth, _presets.PreferredWidth));
        _status.Arrange(new SKRect(_arm.Bounds.Right + 14, bounds.Top + 4, _presets.Bounds.Left - 14, bounds.Bottom - 4));
    }

    protected override void OnDraw(Painter painter)
    {
        painter.Fill(Bounds, painter.Theme.Panel);
        painter.Text("MidiMuse", Bounds.Left + 16, Bounds.MidY, TextStyle.Title, painter.Theme.Text);
        _theme.Icon = painter.Theme.Kind == ThemeKind.Dark ? Icons.Sun : Icons.Moon;
    }

    private void OpenPresets()
    {
        var definition = ParameterTable.Find(ParameterId.Program)!;
        var programs = FactoryPrograms.All.Select((program, index) => new MenuItem(
            program.Name,
            () => Context.Parameters.Set(ParameterId.Program, definition.ToNormalised(index)),
            (int)Context.Parameters.Plain(ParameterId.Program) == index));
        var own = Context.Actions.PresetNames();
        List<MenuItem> items = [new("From MidiMuse", null), .. programs, new("Your own", null)];
        items.AddRange(own.Select(name => new MenuItem(name, () => Context.Actions.LoadPreset(name))));
        items.Add(new MenuItem(own.Count == 0 ? "Save these settings…" : "Save as another…", AskPresetName));
        Context.Popups.OpenMenu(_presets.Bounds, items);
    }

    /// <summary>Enter keeps the settings under the name, Escape does not.</summary>
    private void AskPresetName() => Context.Popups.OpenTextEntry(
        new SKRect(_presets.Bounds.Right - 240, _presets.Bounds.Top, _presets.Bounds.Right, _presets.Bounds.Bottom),
        "My preset",
        name =>
        {
            if (name.Trim().Length > 0)
                Context.Notify(Context.Actions.SavePreset(name.Trim()));
        });

    private void OpenTextSizes()
    {
        var items = TextScales.Select(scale => new MenuItem(
            FormattableString.Invariant($"{scale * 100:0} %"),
            () => Context.ApplySettings(Context.Settings with { TextScale = scale }),
            Math.Abs(Context.Settings.TextScale - scale) < 0.01));
        Context.Popups.OpenMenu(_textSize.Bounds, [.. items]);
    }

    private void SwitchTheme()
    {
        var other = Context.Settings.Theme == ThemeKind.Dark ? ThemeKind.Light : ThemeKind.Dark;
        Context.ApplySettings(Context.Settings with { Theme = other });
    }
}
