using System.Collections.Immutable;
using MidiMuse.Editor.Controls;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.PianoRoll;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Commands;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>What can be done with the answer, or with the notes that are selected.</summary>
internal sealed class ToolStrip : Element
{
    public const float Height = 38;

    private readonly PianoRollElement _roll;
    private readonly PushButton _regenerate;
    private readonly PushButton _lock;
    private readonly PushButton _accept;
    private readonly PushButton _reject;
    private readonly PushButton _compare;
    private readonly PushButton _undo;
    private readonly PushButton _redo;
    private readonly PushButton _follow;
    private readonly PushButton _fit;
    private string _keyText = "";
    private EditorModel? _shown;

    public ToolStrip(EditorContext context, PianoRollElement roll)
        : base(context)
    {
        _roll = roll;
        _regenerate = Button("regenerate", "Regenerate", null, "Makes the answer anew: the selected notes, or all of it. Locked notes stay.", Regenerate);
        _lock = Button("lock", "Lock", Icons.Lock, "Keeps the selected notes when the answer is made anew.", ToggleLock);
        _accept = Button("accept", "Keep", Icons.Star, "Keeps this answer: a favourite, and what Compare compares with.", () => Context.Actions.Post(new Accept()));
        _reject = Button("reject", "Discard", null, "Throws this answer away. It stays in the history.", () => Context.Actions.Post(new Reject()));
        _compare = Button("compare", "A/B", null, "Swaps this answer and the kept one, to hear them one after the other.", () => Context.Actions.Post(new Compare()));
        _undo = Button("undo", "", Icons.Undo, "Undo", () => Context.Actions.Post(new Undo()));
        _redo = Button("redo", "", Icons.Redo, "Redo", () => Context.Actions.Post(new Redo()));
        _follow = Button("follow", "Follow", null, "The view follows the playhead.", ToggleFollow);
        _fit = Button("fit", "Fit", null, "Shows motif and answer in full. Ctrl and wheel zoom in time, the wheel over the keys zooms in pitch.", _roll.ShowAll);
        if (context.Actions.CanSay)
            Words = Add(new WordsField(context));
        roll.SelectionChanged += Update;
        Update();
    }

    public WordsField? Words { get; }

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        var x = bounds.Left + 12;
        foreach (var button in (PushButton[])[_regenerate, _lock, _accept, _reject, _compare])
            x = Place(button, x, bounds) + 6;
        x += 12;
        foreach (var button in (PushButton[])[_undo, _redo])
            x = Place(button, x, bounds) + 6;
        var right = bounds.Right - 12;
        foreach (var button in (PushButton[])[_fit, _follow])
        {
            button.Arrange(SKRect.Create(right - button.PreferredWidth, bounds.MidY - 13, button.PreferredWidth, 26));
            right = button.Bounds.Left - 6;
        }
        Words?.Arrange(new SKRect(x + 12, bounds.MidY - 13, Math.Max(x + 12, right - 110), bounds.MidY + 13));
    }

    public override void OnModelChanged()
    {
        base.OnModelChanged();
        Update();
    }

    protected override void OnDraw(Painter painter)
    {
        painter.Fill(Bounds, painter.Theme.Panel);
        painter.Text(_keyText, _follow.Bounds.Left - 14, Bounds.MidY, TextStyle.Strong, painter.Theme.Muted, TextAlign.Right);
    }

    private PushButton Button(string name, string text, SKPath? icon, string tooltip, Action press) =>
        Add(new PushButton(Context, name, text, icon, tooltip, press));

    private static float Place(PushButton button, float x, SKRect bounds)
    {
        button.Arrange(SKRect.Create(x, bounds.MidY - 13, button.PreferredWidth, 26));
        return button.Bounds.Right;
    }

    private void Update()
    {
        var instance = Context.Model.Instance;
        _regenerate.IsEnabled = Context.Model.HasAnswer;
        _lock.IsEnabled = _roll.Selection.Count > 0;
        _lock.Text = _roll.IsSelectionLocked ? "Unlock" : "Lock";
        _accept.IsEnabled = Context.Model.HasAnswer;
        _reject.IsEnabled = Context.Model.HasAnswer;
        _compare.IsEnabled = instance.Kept is not null;
        _compare.IsPrimary = instance.IsComparing;
        _undo.IsEnabled = instance.CanUndo;
        _redo.IsEnabled = instance.CanRedo;
        _follow.IsPrimary = _roll.IsFollowing;
        if (ReferenceEquals(_shown, Context.Model))
            return;
        _shown = Context.Model;
        _keyText = instance.Key is { } key ? $"{NoteNames.PitchClass(key.TonicPitchClass)} {(key.Mode == Core.Harmony.Mode.Major ? "major" : "minor")}" : "";
        Invalidate();
    }

    private void Regenerate() =>
        Context.Actions.Post(_roll.Selection.Count > 0 ? new RegenerateNotes([.. _roll.Selection]) : new Regenerate(null));

    private void ToggleLock()
    {
        ImmutableArray<NoteRef> notes = [.. _roll.Selection];
        Context.Actions.Post(new LockNotes(notes, !_roll.IsSelectionLocked));
    }

    private void ToggleFollow()
    {
        _roll.IsFollowing = !_roll.IsFollowing;
        _follow.IsPrimary = _roll.IsFollowing;
        _follow.Invalidate();
    }
}
