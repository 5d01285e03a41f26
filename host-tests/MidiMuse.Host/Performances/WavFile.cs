using System.Buffers.Binary;
using System.Text;

namespace MidiMuse.Host.Performances;

/// <summary>Writes audio as a WAV file: PCM, 16 bits (Microsoft and IBM, Multimedia Programming Interface 1.0, 1991).</summary>
public static class WavFile
{
    private const int HeaderBytes = 44;
    private const int BytesPerSample = 2;

    // channels [channel][samples] f32, -1..1; what lies beyond is cut
    public static void Write(IReadOnlyList<float[]> channels, int sampleRateHz, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(stream);
        var samples = channels.Count == 0 ? 0 : channels[0].Length;
        var frameBytes = channels.Count * BytesPerSample;
        var bytes = new byte[HeaderBytes + (samples * frameBytes)];
        WriteHeader(bytes, channels.Count, sampleRateHz, samples * frameBytes);
        for (var sample = 0; sample < samples; sample++)
        {
            for (var channel = 0; channel < channels.Count; channel++)
            {
                var value = (short)Math.Round(Math.Clamp(channels[channel][sample], -1f, 1f) * short.MaxValue);
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(HeaderBytes + (sample * frameBytes) + (channel * BytesPerSample)), value);
            }
        }
        stream.Write(bytes);
    }

    private static void WriteHeader(Span<byte> header, int channels, int sampleRateHz, int dataBytes)
    {
        void Text(Span<byte> at, string text) => Encoding.ASCII.GetBytes(text, at);
        Text(header, "RIFF");
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], HeaderBytes - 8 + dataBytes);
        Text(header[8..], "WAVEfmt ");
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRateHz * channels * BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], (short)(channels * BytesPerSample));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], BytesPerSample * 8);
        Text(header[36..], "data");
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], dataBytes);
    }
}
