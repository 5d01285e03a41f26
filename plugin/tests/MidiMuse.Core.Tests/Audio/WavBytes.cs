using System.Buffers.Binary;

namespace MidiMuse.Core.Tests.Audio;

/// <summary>WAV files, as the specification has them.</summary>
internal static class WavBytes
{
    public const int Pcm = 1;
    public const int Float = 3;

    public static byte[] File(ReadOnlySpan<float> interleaved, int channels, int sampleRateHz, int bits, int encoding = Pcm, bool isExtensible = false, params (string Id, byte[] Content)[] extra)
    {
        var sampleBytes = bits / 8;
        var data = new byte[interleaved.Length * sampleBytes];
        for (var i = 0; i < interleaved.Length; i++)
            Write(data.AsSpan(i * sampleBytes, sampleBytes), interleaved[i], bits, encoding);
        var format = new byte[isExtensible ? 40 : 16];
        BinaryPrimitives.WriteUInt16LittleEndian(format, (ushort)(isExtensible ? 0xFFFE : encoding));
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), sampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(8), sampleRateHz * channels * sampleBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(12), (ushort)(channels * sampleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), (ushort)bits);
        if (isExtensible)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(16), 22);
            BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(24), (ushort)encoding);
        }
        (string, byte[])[] chunks = [.. extra, ("fmt ", format), ("data", data)];
        return Riff(chunks);
    }

    public static byte[] Riff(params (string Id, byte[] Content)[] chunks)
    {
        var bytes = new List<byte>();
        bytes.AddRange("RIFF\0\0\0\0WAVE"u8);
        var length = new byte[4];
        foreach (var (id, content) in chunks)
        {
            bytes.AddRange(System.Text.Encoding.ASCII.GetBytes(id));
            BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
            bytes.AddRange(length);
            bytes.AddRange(content);
            if (content.Length % 2 == 1)
                bytes.Add(0);
        }
        var file = bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }

    private static void Write(Span<byte> target, float sample, int bits, int encoding)
    {
        switch (encoding, bits)
        {
            case (Float, 32):
                BinaryPrimitives.WriteSingleLittleEndian(target, sample);
                return;
            case (Float, _):
                BinaryPrimitives.WriteDoubleLittleEndian(target, sample);
                return;
            case (_, 8):
                target[0] = (byte)Math.Round(128 + (sample * 127));
                return;
        }
        var value = (long)Math.Round(sample * ((1L << (bits - 1)) - 1));
        for (var i = 0; i < target.Length; i++)
            target[i] = (byte)(value >> (8 * i));
    }
}
