using SkiaSharp;

namespace MidiMuse.Editor.Drawing;

public enum ThemeKind
{
    Dark,
    Light,
}

/// <summary>
/// The colours of one theme. The notes' colours are taken from the palette of Okabe and Ito (2008), which people with
/// any kind of colour blindness can tell apart; and no state is told by colour alone: what can still change is
/// hatched, candidates are outlines, locked notes carry a bar at both ends.
/// </summary>
public sealed record Theme
{
    public static readonly Theme Dark = new()
    {
        Kind = ThemeKind.Dark,
        Window = 0xFF15171C,
        Panel = 0xFF1C1F26,
        Raised = 0xFF282C36,
        Hover = 0xFF333845,
        Line = 0xFF313641,
        Text = 0xFFE9EBF1,
        Muted = 0xFFA3AAB9,
        Faint = 0xFF6F7788,
        Accent = 0xFF4CC2A3,
        OnAccent = 0xFF08241D,
        Error = 0xFFFF8A5C,
        RollWhiteKey = 0xFF20242C,
        RollBlackKey = 0xFF1A1D24,
        RollOutsideScale = 0xFF16181E,
        RollBeat = 0xFF2A2F39,
        RollBar = 0xFF454C5B,
        Playhead = 0xFFF4F6FB,
        Motif = 0xFF56B4E9,
        Answer = 0xFFF0A52B,
        Candidate = 0xFFD98BB5,
        Fallback = 0xFF9AA3B5,
        OnNote = 0xFF101216,
        PianoWhite = 0xFFDDE1EA,
        PianoBlack = 0xFF2B2F38,
        OnPianoWhite = 0xFF3B414D,
    };

    public static readonly Theme Light = new()
    {
        Kind = ThemeKind.Light,
        Window = 0xFFE9EBF0,
        Panel = 0xFFF7F8FA,
        Raised = 0xFFE6E9EF,
        Hover = 0xFFD9DEE7,
        Line = 0xFFD2D7E0,
        Text = 0xFF1A1D25,
        Muted = 0xFF515969,
        Faint = 0xFF7F8798,
        Accent = 0xFF007F66,
        OnAccent = 0xFFFFFFFF,
        Error = 0xFFB53A00,
        RollWhiteKey = 0xFFFFFFFF,
        RollBlackKey = 0xFFF1F3F7,
        RollOutsideScale = 0xFFE7EAF0,
        RollBeat = 0xFFE3E7EE,
        RollBar = 0xFFB4BCCA,
        Playhead = 0xFF1A1D25,
        Motif = 0xFF3293CF,
        Answer = 0xFFE0900A,
        Candidate = 0xFFB0568A,
        Fallback = 0xFF848D9F,
        OnNote = 0xFF101216,
        PianoWhite = 0xFFFFFFFF,
        PianoBlack = 0xFF3A404C,
        OnPianoWhite = 0xFF6A7282,
    };

    public required ThemeKind Kind { get; init; }

    public required SKColor Window { get; init; }

    public required SKColor Panel { get; init; }

    public required SKColor Raised { get; init; }

    public required SKColor Hover { get; init; }

    public required SKColor Line { get; init; }

    public required SKColor Text { get; init; }

    public required SKColor Muted { get; init; }

    public required SKColor Faint { get; init; }

    public required SKColor Accent { get; init; }

    public required SKColor OnAccent { get; init; }

    public required SKColor Error { get; init; }

    public required SKColor RollWhiteKey { get; init; }

    public required SKColor RollBlackKey { get; init; }

    public required SKColor RollOutsideScale { get; init; }

    public required SKColor RollBeat { get; init; }

    public required SKColor RollBar { get; init; }

    public required SKColor Playhead { get; init; }

    public required SKColor Motif { get; init; }

    public required SKColor Answer { get; init; }

    public required SKColor Candidate { get; init; }

    public required SKColor Fallback { get; init; }

    public required SKColor OnNote { get; init; }

    public required SKColor PianoWhite { get; init; }

    public required SKColor PianoBlack { get; init; }

    public required SKColor OnPianoWhite { get; init; }

    public static Theme Of(ThemeKind kind) => kind == ThemeKind.Light ? Light : Dark;
}
