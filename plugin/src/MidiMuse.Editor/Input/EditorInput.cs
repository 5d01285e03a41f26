namespace MidiMuse.Editor.Input;

[Flags]
public enum Modifiers
{
    None = 0,
    Shift = 1,
    Control = 2,
    Alt = 4,
}

public enum PointerButton
{
    Left,
    Middle,
    Right,
}

/// <summary>One thing that the pointer did. Coordinates are logical pixels.</summary>
/// <param name="Clicks">2 for the second click of a double click.</param>
public readonly record struct PointerInput(float X, float Y, PointerButton Button = PointerButton.Left, Modifiers Modifiers = Modifiers.None, int Clicks = 1)
{
    public bool Shift => Modifiers.HasFlag(Modifiers.Shift);

    public bool Control => Modifiers.HasFlag(Modifiers.Control);
}

/// <param name="Steps">Notches, positive away from the player.</param>
/// <param name="IsHorizontal">A second wheel, or a touchpad moved sideways.</param>
public readonly record struct WheelInput(float X, float Y, float Steps, bool IsHorizontal = false, Modifiers Modifiers = Modifiers.None)
{
    public bool Shift => Modifiers.HasFlag(Modifiers.Shift);

    public bool Control => Modifiers.HasFlag(Modifiers.Control);
}

public enum EditorKey
{
    /// <summary>Only a character.</summary>
    None,
    Tab,
    Enter,
    Escape,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Space,
}

/// <param name="Character">What the key types, or 0.</param>
public readonly record struct KeyInput(EditorKey Key, char Character = '\0', Modifiers Modifiers = Modifiers.None)
{
    public bool Shift => Modifiers.HasFlag(Modifiers.Shift);

    public bool Control => Modifiers.HasFlag(Modifiers.Control);
}
