using MidiMuse.Editor.Input;

namespace MidiMuse.Plugin;

/// <summary>Keys as IPlugView gives them. Values from base/keycodes.h of VST SDK 3.8.1.</summary>
internal static class Vst3Keys
{
    private const int ShiftFlag = 1;
    private const int AlternateFlag = 2;
    private const int CommandFlag = 4; // Ctrl on Windows and Linux

    public static KeyInput ToInput(uint character, int virtualKey, int modifiers) => new(KeyOf(virtualKey), (char)character, ModifiersOf(modifiers));

    private static EditorKey KeyOf(int virtualKey) => virtualKey switch
    {
        1 => EditorKey.Backspace,
        2 => EditorKey.Tab,
        4 or 19 => EditorKey.Enter,
        6 => EditorKey.Escape,
        7 => EditorKey.Space,
        9 => EditorKey.End,
        10 => EditorKey.Home,
        11 => EditorKey.Left,
        12 => EditorKey.Up,
        13 => EditorKey.Right,
        14 => EditorKey.Down,
        15 => EditorKey.PageUp,
        16 => EditorKey.PageDown,
        22 => EditorKey.Delete,
        _ => EditorKey.None,
    };

    private static Modifiers ModifiersOf(int flags) =>
        ((flags & ShiftFlag) != 0 ? Modifiers.Shift : 0) | ((flags & AlternateFlag) != 0 ? Modifiers.Alt : 0) | ((flags & CommandFlag) != 0 ? Modifiers.Control : 0);
}
