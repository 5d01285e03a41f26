using System.Globalization;
using MidiMuse.Editor.Controls;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>Model and health on the left, the way out for the answer on the right.</summary>
internal sealed class FooterBar : Element
{
    public const float Height = 44;

    private readonly DragChip _drag;
    private readonly PushButton _save;
    private readonly OriginalityGauge _originality;
    private string _notice = "";
    private string _modelLine = "";
    private string _healthLine = "";
    private EditorModel? _shown;

    public FooterBar(EditorContext context)
        : base(context)
    {
        _drag = Add(new DragChip(context));
        context.Notify = Notify;
        _originality = Add(new OriginalityGauge(context));
        _save = Add(new PushButton(context, "save", "Save as", Icons.Save, "Writes the answer to a MIDI file.", Save) { IsEnabled = false });
    }

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        _drag.Arrange(SKRect.Create(bounds.Right - 10 - DragChip.Width, bounds.MidY - 15, DragChip.Width, 30));
        _save.Arrange(SKRect.Create(_drag.Bounds.Left - 8 - _save.PreferredWidth, bounds.MidY - 15, _save.PreferredWidth, 30));
        _originality.Arrange(SKRect.Create(_save.Bounds.Left - 18 - OriginalityGauge.Width, bounds.MidY - 15, OriginalityGauge.Width, 30));
    }

    public override void OnModelChanged()
    {
        base.OnModelChanged();
        if (ReferenceEquals(_shown, Context.Model))
            return;
        _shown = Context.Model;
        _modelLine = ModelLine(_shown);
        _healthLine = HealthLine(_shown);
        _save.IsEnabled = _shown.HasAnswer;
        Invalidate();
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        painter.Fill(Bounds, theme.Panel);
        painter.Fill(new SKRect(Bounds.Left, Bounds.Top, Bounds.Right, Bounds.Top + 1), theme.Line);
        var width = (_originality.IsVisible ? _originality.Bounds.Left : _save.Bounds.Left) - Bounds.Left - 32;
        painter.Text(_modelLine, Bounds.Left + 16, Bounds.MidY - 8, TextStyle.Small, theme.Muted, TextAlign.Left, width);
        if (_notice.Length > 0)
            painter.Text(_notice, Bounds.Left + 16, Bounds.MidY + 8, TextStyle.Small, theme.Text, TextAlign.Left, width);
        else
            painter.Text(_healthLine, Bounds.Left + 16, Bounds.MidY + 8, TextStyle.Small, HealthColor(theme), TextAlign.Left, width);
    }

    /// <summary>The path can be edited; Enter writes the file, Escape does not.</summary>
    private void Save() => Context.Popups.OpenTextEntry(
        new SKRect(Bounds.Left + 16, Bounds.MidY - 14, _save.Bounds.Left - 10, Bounds.MidY + 14),
        Context.Actions.ProposeFile(),
        path => Notify(Context.Actions.SaveAnswer(path)));

    private void Notify(string notice)
    {
        _notice = notice;
        Invalidate();
    }

    private SKColor HealthColor(Theme theme) =>
        _shown is { } model && (model.LateNotes > 0 || model.RefusedEvents > 0) ? theme.Error : theme.Faint;

    private static string ModelLine(EditorModel model) =>
        model.Instance.ModelIdentity is not { } identity ? "No model"
        : model.Instance.NoteMilliseconds <= 0 ? $"Model {ShortIdentity(identity)} on {DeviceOf(model)}"
        : string.Create(CultureInfo.InvariantCulture, $"Model {ShortIdentity(identity)} on {DeviceOf(model)}, {model.Instance.NoteMilliseconds:0.0} ms a note");

    private static string DeviceOf(EditorModel model) => model.Instance.Device is { Length: > 0 } device ? $"this machine's {device}" : "this machine";

    /// <summary>Name and the first digits of the hash.</summary>
    private static string ShortIdentity(string identity)
    {
        var end = identity.LastIndexOfAny([':', ' ', '@', '-']);
        return end > 0 && identity.Length - end > 13 ? identity[..(end + 9)] : identity;
    }

    private static string HealthLine(EditorModel model)
    {
        if (model.LateNotes == 0 && model.FallbackBars == 0 && model.RefusedEvents == 0)
            return "No late notes";
        List<string> parts = [];
        if (model.LateNotes > 0)
            parts.Add(Count(model.LateNotes, "late note"));
        if (model.FallbackBars > 0)
            parts.Add($"{Count(model.FallbackBars, "bar")} played without the model, which was not ready in time");
        if (model.RefusedEvents > 0)
            parts.Add($"{Count(model.RefusedEvents, "event")} refused by the host");
        return string.Join(", ", parts);
    }

    private static string Count(long count, string thing) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {thing}{(count == 1 ? "" : "s")}";
}
