using System.Buffers.Binary;

namespace MidiMuse.Models.Listening;

/// <summary>Reads 16-bit PCM.</summary>
public static class WavFile
{
    /// <returns>[channel][frame], -1..1.</returns>
    /// <exception cref="InvalidDataException">Not a 16-bit PCM WAV file.</exception>
    public static float[][] Read(string path) => Parse(File.ReadAllBytes(path));

    internal static float[][] Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException("Not a WAV file.");
        var channels = 0;
        for (var rest = bytes[12..]; rest.Length >= 8;)
        {
            var size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), (uint)(rest.Length - 8));
            var content = rest.Slice(8, size);
            if (rest[..4].SequenceEqual("fmt "u8))
                channels = Channels(content);
            else if (rest[..4].SequenceEqual("data"u8) && channels > 0)
                return Samples(content, channels);
            rest = rest[Math.Min(rest.Length, 8 + size + (size & 1))..];
        }
        throw new InvalidDataException("The WAV file has no audio.");
    }

    private static int Channels(ReadOnlySpan<byte> format) =>
        format.Length >= 16 && BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) == 16
            ? BinaryPrimitives.ReadUInt16LittleEndian(format[2..])
            : throw new InvalidDataException("The WAV file has not 16 bits.");

    private static float[][] Samples(ReadOnlySpan<byte> data, int channels)
    {
        var frames = data.Length / (2 * channels);
        var samples = new float[channels][];
        for (var c = 0; c < channels; c++)
        {
            samples[c] = new float[frames];
            for (var i = 0; i < frames; i++)
                samples[c][i] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * ((i * channels) + c))..]) / 32768f;
        }
        return samples;
    }
}
