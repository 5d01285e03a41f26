using MidiMuse.Editor.Input;

namespace MidiMuse.Editor.Windows.Win32;

/// <summary>Virtual keys to the editor's keys. Characters come with WM_CHAR, by the player's layout.</summary>
internal static class Win32Keyboard
{
    private const int LeftButton = 0x01;
    private const int RightButton = 0x02;
    private const int MiddleButton = 0x04;
    private const int ShiftKey = 0x10;
    private const int ControlKey = 0x11;
    private const int AltKey = 0x12;

    public static Modifiers Held() =>
        (IsDown(ShiftKey) ? Modifiers.Shift : 0) | (IsDown(ControlKey) ? Modifiers.Control : 0) | (IsDown(AltKey) ? Modifiers.Alt : 0);

    /// <summary>A key that means something by itself; null for those that only type.</summary>
    public static KeyInput? KeyOf(nuint virtualKey)
    {
        var held = Held();
        if (NamedKey(virtualKey) is { } key)
            return new KeyInput(key, '\0', held);
        // With Ctrl alone WM_CHAR gives control codes; AltGr is Ctrl and Alt, and types.
        var isShortcut = held.HasFlag(Modifiers.Control) && !held.HasFlag(Modifiers.Alt) && virtualKey is >= 'A' and <= 'Z';
        return isShortcut ? new KeyInput(EditorKey.None, char.ToLowerInvariant((char)virtualKey), held) : null;
    }

    /// <summary>What was typed; null for the control codes of keys that <see cref="KeyOf"/> gives.</summary>
    public static KeyInput? TypedKey(char character)
    {
        const char Delete = '\x7F'; // Ctrl and Backspace
        if (character < ' ' || character == Delete)
            return null;
        // AltGr is Ctrl and Alt together: what it types is text and no shortcut.
        var shift = Held() & Modifiers.Shift;
        return character == ' ' ? new KeyInput(EditorKey.Space, ' ', shift) : new KeyInput(EditorKey.None, character, shift);
    }

    /// <summary>A button of the mouse is down at this moment, whatever this thread has heard of it.</summary>
    public static bool IsAnyButtonHeld() => Win32.GetAsyncKeyState(LeftButton) < 0 || Win32.GetAsyncKeyState(RightButton) < 0 || Win32.GetAsyncKeyState(MiddleButton) < 0;

    /// <summary>Values from winuser.h.</summary>
    private static EditorKey? NamedKey(nuint virtualKey) => virtualKey switch
    {
        0x08 => EditorKey.Backspace,
        0x09 => EditorKey.Tab,
        0x0D => EditorKey.Enter,
        0x1B => EditorKey.Escape,
        0x21 => EditorKey.PageUp,
        0x22 => EditorKey.PageDown,
        0x23 => EditorKey.End,
        0x24 => EditorKey.Home,
        0x25 => EditorKey.Left,
        0x26 => EditorKey.Up,
        0x27 => EditorKey.Right,
        0x28 => EditorKey.Down,
        0x2E => EditorKey.Delete,
        _ => null,
    };

    private static bool IsDown(int virtualKey) => Win32.GetKeyState(virtualKey) < 0;
}
