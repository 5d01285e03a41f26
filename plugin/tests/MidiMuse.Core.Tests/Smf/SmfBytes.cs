namespace MidiMuse.Core.Tests.Smf;

/// <summary>Hand-made files: the header and track chunks around bytes written out in a test.</summary>
internal static class SmfBytes
{
    internal static byte[] File(int format, int division, params byte[][] tracks) =>
        [.. "MThd"u8, 0, 0, 0, 6, 0, (byte)format, 0, (byte)tracks.Length, (byte)(division >> 8), (byte)division, .. tracks.SelectMany(track => track)];

    internal static byte[] Track(params byte[] events) =>
        [.. "MTrk"u8, 0, (byte)(events.Length >> 16), (byte)(events.Length >> 8), (byte)events.Length, .. events];
}
