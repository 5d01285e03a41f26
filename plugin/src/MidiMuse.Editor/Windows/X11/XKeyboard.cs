using MidiMuse.Editor.Input;

namespace MidiMuse.Editor.Windows.X11;

/// <summary>Key codes to keys and characters, by the server's keyboard mapping.</summary>
internal sealed unsafe class XKeyboard
{
    private const ushort ShiftMask = 1;
    private const ushort LockMask = 2;
    private const ushort ControlMask = 4;
    private const ushort AltMask = 8;
    private const ushort AltGrMask = 128; // Mod5: the third level of most layouts

    private readonly XDisplay _display;
    private readonly byte _first;
    private readonly int _count;
    private uint[] _symbols = []; // [code, level]
    private int _levels;

    public XKeyboard(XDisplay display, byte firstCode, byte lastCode)
    {
        _display = display;
        _first = firstCode;
        _count = lastCode - firstCode + 1;
        Read();
    }

    /// <summary>The player has chosen another layout.</summary>
    public void Read()
    {
        var reply = Xcb.GetKeyboardMappingReply(_display.Connection, Xcb.GetKeyboardMapping(_display.Connection, _first, (byte)_count), null);
        if (reply == null)
            return;
        // xcb_get_keyboard_mapping_reply_t: keysyms_per_keycode at 1, the symbols after 32 bytes.
        _levels = reply[1];
        _symbols = new ReadOnlySpan<uint>(reply + 32, _count * _levels).ToArray();
        Xcb.Free(reply);
    }

    public static Modifiers ModifiersOf(ushort state) =>
        ((state & ShiftMask) != 0 ? Modifiers.Shift : 0) | ((state & ControlMask) != 0 ? Modifiers.Control : 0) | ((state & AltMask) != 0 ? Modifiers.Alt : 0);

    public KeyInput KeyOf(byte code, ushort state)
    {
        var symbol = SymbolOf(code, state);
        var modifiers = ModifiersOf(state);
        if (NamedKey(symbol) is { } key)
            return new KeyInput(key, key == EditorKey.Space ? ' ' : '\0', modifiers);
        return new KeyInput(EditorKey.None, CharacterOf(symbol, state), modifiers);
    }

    private uint SymbolOf(byte code, ushort state)
    {
        var row = (code - _first) * _levels;
        if (row < 0 || row + _levels > _symbols.Length)
            return 0;
        var level = (state & ShiftMask) != 0 ? 1 : 0;
        if ((state & AltGrMask) != 0 && _levels > 4)
            level += 4;
        var symbol = level < _levels ? _symbols[row + level] : 0;
        return symbol != 0 ? symbol : _symbols[row];
    }

    /// <summary>Values from X11/keysymdef.h.</summary>
    private static EditorKey? NamedKey(uint symbol) => symbol switch
    {
        0xFF09 or 0xFE20 => EditorKey.Tab,
        0xFF0D or 0xFF8D => EditorKey.Enter,
        0xFF1B => EditorKey.Escape,
        0xFF08 => EditorKey.Backspace,
        0xFFFF or 0xFF9F => EditorKey.Delete,
        0xFF51 or 0xFF96 => EditorKey.Left,
        0xFF53 or 0xFF98 => EditorKey.Right,
        0xFF52 or 0xFF97 => EditorKey.Up,
        0xFF54 or 0xFF99 => EditorKey.Down,
        0xFF50 or 0xFF95 => EditorKey.Home,
        0xFF57 or 0xFF9C => EditorKey.End,
        0xFF55 or 0xFF9A => EditorKey.PageUp,
        0xFF56 or 0xFF9B => EditorKey.PageDown,
        0x20 => EditorKey.Space,
        _ => null,
    };

    private static char CharacterOf(uint symbol, ushort state)
    {
        var character = symbol switch
        {
            >= 0x20 and <= 0x7E or >= 0xA0 and <= 0xFF => (char)symbol,
            >= 0x01000100 and <= 0x0100FFFF => (char)(symbol - 0x01000000),
            >= 0xFFAA and <= 0xFFB9 => (char)(symbol - 0xFFAA + '*'), // keypad: * + , - . / 0..9
            _ => '\0',
        };
        return (state & LockMask) != 0 && (state & ShiftMask) == 0 ? char.ToUpperInvariant(character) : character;
    }
}
