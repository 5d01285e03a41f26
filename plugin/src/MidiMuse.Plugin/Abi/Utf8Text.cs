using System.Text.Unicode;

namespace MidiMuse.Plugin.Abi;

/// <summary>Zero-terminated UTF-8 in a caller's buffer. What does not fit is cut between characters.</summary>
internal static class Utf8Text
{
    public static AbiResult Write(string text, Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return AbiResult.InvalidArgument;
        Utf8.FromUtf16(text, buffer[..^1], out _, out var written);
        buffer[written] = 0;
        return AbiResult.Ok;
    }
}
