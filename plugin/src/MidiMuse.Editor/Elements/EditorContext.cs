using MidiMuse.Editor.Controls;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Popups;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Link;
using SkiaSharp;

namespace MidiMuse.Editor.Elements;

/// <summary>What all elements of one view share. [ui]</summary>
internal sealed class EditorContext(IEditorSource source, IEditorActions actions)
{
    private Element? _focused;
    private Element? _hovered;
    private Candidate? _shownCandidate;

    public IEditorActions Actions { get; } = actions;

    public ParameterMirror Parameters { get; } = new(source, actions);

    public EditorModel Model { get; set; } = EditorModel.Empty;

    /// <summary>The last transport; a default one before the first block.</summary>
    public TransportSnapshot Transport { get; set; }

    public Theme Theme { get; set; } = Theme.Dark;

    /// <summary>Physical pixels a logical one.</summary>
    public float PixelScale { get; set; } = 1;

    public EditorSettings Settings { get; set; } = new();

    /// <summary>What has to be drawn anew; empty where nothing.</summary>
    public SKRect Damage { get; set; }

    /// <summary>The focus ring is for the keyboard: it shows once Tab was pressed.</summary>
    public bool ShowsFocus { get; set; }

    /// <summary>Opens menus and text fields above everything else.</summary>
    public IPopupHost Popups { get; set; } = null!;

    /// <summary>The candidate that is pointed at; the roll shows its notes as outlines.</summary>
    public Candidate? ShownCandidate
    {
        get => _shownCandidate;
        set
        {
            if (ReferenceEquals(_shownCandidate, value))
                return;
            _shownCandidate = value;
            ShownCandidateChanged?.Invoke();
        }
    }

    public event Action? ShownCandidateChanged;

    /// <summary>Says something to the player, in the footer.</summary>
    public Action<string> Notify { get; set; } = static _ => { };

    /// <summary>Scrolls a list by its name.</summary>
    public Func<string, float, bool> Scroll { get; set; } = static (_, _) => false;

    public Element? Hovered
    {
        get => _hovered;
        set
        {
            if (_hovered == value)
                return;
            _hovered?.Invalidate();
            _hovered?.OnPointerLeave();
            _hovered = value;
            _hovered?.Invalidate();
        }
    }

    public Element? Focused
    {
        get => _focused;
        set
        {
            if (_focused == value)
                return;
            _focused?.Invalidate();
            _focused = value;
            _focused?.Invalidate();
        }
    }

    /// <summary>Applies settings that change what everything looks like.</summary>
    public Action<EditorSettings> ApplySettings { get; set; } = static _ => { };

    public void Invalidate(SKRect bounds)
    {
        if (bounds.IsEmpty)
            return;
        Damage = Damage.IsEmpty ? bounds : SKRect.Union(Damage, bounds);
    }
}
