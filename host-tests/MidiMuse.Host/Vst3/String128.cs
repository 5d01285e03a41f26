using System.Runtime.CompilerServices;

namespace MidiMuse.Host.Vst3;

/// <summary>128 UTF-16 units with the terminator inside. Source: pluginterfaces/vst/vsttypes.h (SDK 3.7.2).</summary>
[InlineArray(Length)]
internal struct String128
{
    internal const int Length = 128;

    private char _first;

    internal void Set(string text)
    {
        Span<char> characters = this;
        characters.Clear();
        text.AsSpan(0, Math.Min(text.Length, Length - 1)).CopyTo(characters);
    }

    public override readonly string ToString()
    {
        ReadOnlySpan<char> characters = this;
        var end = characters.IndexOf('\0');
        return new string(end < 0 ? characters : characters[..end]);
    }
}

[InlineArray(32)]
internal struct Char8x32
{
    private byte _first;
}

[InlineArray(64)]
internal struct Char8x64
{
    private byte _first;
}

[InlineArray(128)]
internal struct Char8x128
{
    private byte _first;
}

[InlineArray(256)]
internal struct Char8x256
{
    private byte _first;
}
