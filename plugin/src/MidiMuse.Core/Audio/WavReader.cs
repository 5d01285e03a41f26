using System.Buffers.Binary;

namespace MidiMuse.Core.Audio;

/// <summary>
/// Reads RIFF WAVE files: integers of 8, 16, 24 and 32 bits, floating point of 32 and 64, plain or as
/// WAVE_FORMAT_EXTENSIBLE. Facts from "Multimedia Programming Interface and Data Specifications 1.0" (IBM and
/// Microsoft, 1991) and "Multiple channel audio data and WAVE files" (Microsoft, 2007).
/// </summary>
public static class WavReader
{
    /// <summary>Half an hour of stereo at 48 kHz and 24 bits is 518 MB: longer is no motif.</summary>
    public const int MaximumBytes = 1 << 29;

    private const ushort EncodingPcm = 1;
    private const ushort EncodingFloat = 3;
    private const ushort EncodingExtensible = 0xFFFE;
    private const int ChunkHeaderBytes = 8;
    private const int FormatBytes = 16;
    private const int ExtensibleBytes = 40;
    private const int SubFormatOffset = 24;

    /// <summary>Programs that write to a pipe do not know the length and leave this.</summary>
    private const uint UnknownLength = 0xFFFFFFFF;

    /// <exception cref="WavException">The stream is no WAV file that can be read.</exception>
    public static WavAudio Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (copy.Length + read > MaximumBytes)
                throw new WavException(WavFault.FileTooLarge, copy.Length, $"The file is longer than {MaximumBytes >> 20} MB");
            copy.Write(buffer, 0, read);
        }
        return Read(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    /// <exception cref="WavException">The bytes are no WAV file that can be read.</exception>
    public static WavAudio Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumBytes)
            throw new WavException(WavFault.FileTooLarge, 0, $"The file is longer than {MaximumBytes >> 20} MB");
        RequireRiff(bytes);
        Format? format = null;
        for (var offset = 12; offset + ChunkHeaderBytes <= bytes.Length;)
        {
            var id = bytes.Slice(offset, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(offset + 4)..]);
            var start = offset + ChunkHeaderBytes;
            var left = bytes.Length - start;
            var isData = id.SequenceEqual("data"u8);
            if (isData && length == UnknownLength)
                length = (uint)left;
            if (length > left)
                throw new WavException(WavFault.ChunkTooLong, offset, $"A chunk of {length} bytes, but {left} are left");
            var content = bytes.Slice(start, (int)length);
            if (isData)
                return ReadSamples(format ?? throw new WavException(WavFault.MissingFormat, offset, "The samples come before their format"), content, start);
            if (id.SequenceEqual("fmt "u8))
                format = ReadFormat(content, start);
            offset = start + (int)length + (int)(length & 1); // chunks are padded to even lengths
        }
        throw new WavException(format is null ? WavFault.MissingFormat : WavFault.MissingData, bytes.Length, "The file ends without samples");
    }

    private static void RequireRiff(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12)
            throw new WavException(WavFault.NotAWavFile, 0, "Too short for a WAV file");
        var container = bytes[..4];
        if (container.SequenceEqual("RF64"u8) || container.SequenceEqual("BW64"u8) || container.SequenceEqual("RIFX"u8))
            throw new WavException(WavFault.UnsupportedContainer, 0, "Only RIFF files are read");
        if (!container.SequenceEqual("RIFF"u8) || !bytes.Slice(8, 4).SequenceEqual("WAVE"u8))
            throw new WavException(WavFault.NotAWavFile, 0, "Not a WAV file");
    }

    private static Format ReadFormat(ReadOnlySpan<byte> chunk, int offset)
    {
        if (chunk.Length < FormatBytes)
            throw new WavException(WavFault.FormatTooShort, offset, "The format is cut short");
        var encoding = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var sampleRate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (encoding == EncodingExtensible)
        {
            if (chunk.Length < ExtensibleBytes)
                throw new WavException(WavFault.FormatTooShort, offset, "The extended format is cut short");
            encoding = BinaryPrimitives.ReadUInt16LittleEndian(chunk[SubFormatOffset..]);
        }
        var isKnown = (encoding == EncodingPcm && bits is 8 or 16 or 24 or 32) || (encoding == EncodingFloat && bits is 32 or 64);
        if (!isKnown)
            throw new WavException(WavFault.UnsupportedEncoding, offset, $"Encoding {encoding} with {bits} bits is not read; PCM of 8, 16, 24 and 32 bits and floating point of 32 and 64 are");
        if (channels is < 1 or > 64)
            throw new WavException(WavFault.BadChannelCount, offset, $"{channels} channels");
        if (sampleRate is < 4000 or > 768_000)
            throw new WavException(WavFault.BadSampleRate, offset, $"{sampleRate} samples a second");
        if (frameBytes != channels * bits / 8)
            throw new WavException(WavFault.BadFrameSize, offset, $"{frameBytes} bytes a frame for {channels} channels of {bits} bits");
        return new Format(encoding == EncodingFloat, channels, (int)sampleRate, bits);
    }

    private static WavAudio ReadSamples(Format format, ReadOnlySpan<byte> data, int offset)
    {
        var sampleBytes = format.Bits / 8;
        var frames = data.Length / (sampleBytes * format.Channels);
        if (frames == 0)
            throw new WavException(WavFault.NoSamples, offset, "The file has no samples");
        var samples = new float[frames * format.Channels];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = ReadSample(format, data.Slice(i * sampleBytes, sampleBytes));
            if (!float.IsFinite(samples[i]))
                throw new WavException(WavFault.BadSample, offset + ((long)i * sampleBytes), "A sample is not a number");
        }
        return new WavAudio(format.SampleRateHz, format.Channels, samples);
    }

    private static float ReadSample(Format format, ReadOnlySpan<byte> bytes) => (format.IsFloat, format.Bits) switch
    {
        (true, 32) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (true, _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (false, 8) => (bytes[0] - 128) / 128f, // the only unsigned one
        (false, 16) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f,
        (false, 24) => ((bytes[2] << 24) | (bytes[1] << 16) | (bytes[0] << 8)) / 2147483648f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648f,
    };

    private readonly record struct Format(bool IsFloat, int Channels, int SampleRateHz, int Bits);
}
