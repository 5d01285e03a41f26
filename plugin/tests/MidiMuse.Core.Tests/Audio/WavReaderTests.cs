using MidiMuse.Core.Audio;
using Xunit.Abstractions;

namespace MidiMuse.Core.Tests.Audio;

/// <summary>Oracle: files written by the specification; a damaged file is read or refused with its fault and place, nothing else.</summary>
public sealed class WavReaderTests
{
    private const int DamagedFiles = 10_000;

    private readonly ITestOutputHelper _output;

    public WavReaderTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [InlineData(8, WavBytes.Pcm, false, 0.02)]
    [InlineData(16, WavBytes.Pcm, false, 1e-4)]
    [InlineData(16, WavBytes.Pcm, true, 1e-4)]
    [InlineData(24, WavBytes.Pcm, false, 1e-6)]
    [InlineData(24, WavBytes.Pcm, true, 1e-6)]
    [InlineData(32, WavBytes.Pcm, false, 1e-6)]
    [InlineData(32, WavBytes.Float, false, 0)]
    [InlineData(32, WavBytes.Float, true, 0)]
    [InlineData(64, WavBytes.Float, false, 0)]
    public void Every_encoding_gives_the_samples_that_were_written(int bits, int encoding, bool isExtensible, double tolerance)
    {
        var samples = Enumerable.Range(0, 600).Select(i => (float)Math.Sin(i * 0.1) * 0.9f).ToArray();

        var audio = WavReader.Read(WavBytes.File(samples, 2, 44100, bits, encoding, isExtensible, ("LIST", new byte[7])));

        Assert.Equal((44100, 2, 300), (audio.SampleRateHz, audio.Channels, audio.Frames));
        for (var i = 0; i < samples.Length; i++)
            Assert.InRange(audio.Samples[i] - samples[i], -tolerance, tolerance);
        Assert.Equal((samples[0] + samples[1]) / 2, audio.ToMono()[0], 0.02);
    }

    [Fact]
    public void A_stream_of_unknown_length_is_read_to_its_end()
    {
        var bytes = WavBytes.File(new float[100], 1, 48000, 16);
        var data = bytes.Length - 200 - 4;
        bytes.AsSpan(data, 4).Fill(0xFF);

        Assert.Equal(100, WavReader.Read(bytes).Frames);
    }

    [Fact]
    public void Faults_are_named()
    {
        var good = WavBytes.File(new float[100], 1, 48000, 16);
        AssertFault(WavFault.NotAWavFile, []);
        AssertFault(WavFault.NotAWavFile, "MThd\0\0\0\u0006\0\0\0\0"u8.ToArray());
        AssertFault(WavFault.UnsupportedContainer, [.. "RF64"u8, .. good[4..]]);
        AssertFault(WavFault.ChunkTooLong, good[..^1]);
        AssertFault(WavFault.MissingData, good[..36]);
        AssertFault(WavFault.MissingFormat, good[..12]);
        AssertFault(WavFault.MissingFormat, WavBytes.Riff(("data", new byte[8])));
        AssertFault(WavFault.FormatTooShort, WavBytes.Riff(("fmt ", new byte[8]), ("data", new byte[8])));
        AssertFault(WavFault.NoSamples, WavBytes.File([], 1, 48000, 16));
        AssertFault(WavFault.BadSample, WavBytes.File([0, float.NaN], 1, 48000, 32, WavBytes.Float));
        AssertFault(WavFault.BadChannelCount, With(good, 22, 0));
        AssertFault(WavFault.BadSampleRate, With(With(good, 24, 1), 25, 0));
        AssertFault(WavFault.BadFrameSize, With(good, 32, 3));
        AssertFault(WavFault.UnsupportedEncoding, With(good, 20, 85)); // MP3 in a WAV

        static byte[] With(byte[] file, int offset, byte value)
        {
            var copy = (byte[])file.Clone();
            copy[offset] = value;
            return copy;
        }

        static void AssertFault(WavFault fault, byte[] bytes) => Assert.Equal(fault, Assert.Throws<WavException>(() => WavReader.Read(bytes)).Fault);
    }

    [Fact]
    public void Ten_thousand_damaged_files_are_read_or_refused()
    {
        var seed = Environment.TickCount;
        _output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < DamagedFiles; i++)
        {
            var bytes = Damage(random);
            try
            {
                var audio = WavReader.Read(bytes);
                Assert.All(audio.Samples, sample => Assert.True(float.IsFinite(sample)));
                Assert.InRange(audio.Samples.Length, 1, bytes.Length);
            }
            catch (WavException error)
            {
                Assert.InRange(error.OffsetBytes, 0, bytes.Length);
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, file {i}, {Convert.ToHexString(bytes)}: {error}");
            }
        }
        _output.WriteLine($"{refused} of {DamagedFiles} refused");
        Assert.InRange(refused, DamagedFiles / 20, DamagedFiles - 1);
    }

    private static byte[] Damage(Random random)
    {
        int[] depths = [8, 16, 24, 32, 64];
        var bits = depths[random.Next(depths.Length)];
        var encoding = bits == 64 || (bits == 32 && random.Next(2) == 0) ? WavBytes.Float : WavBytes.Pcm;
        var channels = random.Next(1, 4);
        var samples = new float[channels * random.Next(1, 40)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (float)((random.NextDouble() * 2) - 1);
        var bytes = WavBytes.File(samples, channels, 48000, bits, encoding, random.Next(2) == 0, ("junk", new byte[random.Next(9)]));
        for (var changes = random.Next(1, 6); changes > 0; changes--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
