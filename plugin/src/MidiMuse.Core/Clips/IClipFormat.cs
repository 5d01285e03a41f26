using MidiMuse.Core.Smf;

namespace MidiMuse.Core.Clips;

/// <summary>A way to read and write Standard MIDI Files. Every implementation passes the same conformance tests.</summary>
public interface IClipFormat
{
    /// <exception cref="SmfException">The file is damaged, or has a time code division and therefore no bars.</exception>
    Clip Read(Stream stream);

    /// <summary>Writes a file of format 1. Reading it gives the same clip.</summary>
    void Write(Clip clip, Stream stream);
}

/// <summary>MidiMuse's own reader and writer, the default on every system.</summary>
public sealed class SmfClipFormat : IClipFormat
{
    public static SmfClipFormat Instance { get; } = new();

    public Clip Read(Stream stream) => ClipReader.Read(stream);

    public void Write(Clip clip, Stream stream) => ClipWriter.Write(clip, stream);
}

/// <summary>The format that clips are exported and imported with in this process.</summary>
public static class ClipFormat
{
    private static IClipFormat _current = SmfClipFormat.Instance;

    /// <summary>MidiMuse's own, unless an edition brings another at its start. Any thread.</summary>
    public static IClipFormat Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value ?? throw new ArgumentNullException(nameof(value)));
    }
}
