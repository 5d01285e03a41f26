using MidiMuse.Core.Clips;
using MidiMuse.Core.Smf;
using Xunit.Abstractions;

namespace MidiMuse.Core.Tests.Smf;

/// <summary>Oracle: a damaged file either reads as something that can be written again, or is an SmfException; nothing else.</summary>
public sealed class DamagedSmfTests
{
    private const int Files = 10_000;

    private readonly ITestOutputHelper _output;

    public DamagedSmfTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Ten_thousand_damaged_and_random_files_are_read_or_refused()
    {
        var seed = Environment.TickCount;
        _output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < Files; i++)
        {
            var bytes = i % 4 == 0 ? RandomFile(random) : Damage(RandomSmf.Bytes(random), random);
            try
            {
                AssertReadable(bytes);
            }
            catch (SmfException error)
            {
                Assert.InRange(error.OffsetBytes, 0, bytes.Length);
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, file {i}, {Convert.ToHexString(bytes)}: {error}");
            }
        }
        _output.WriteLine($"{refused} of {Files} refused");
        Assert.InRange(refused, Files / 20, Files - 1);
    }

    [Fact]
    public void A_file_of_promises_costs_no_more_than_its_bytes()
    {
        byte[] bytes = SmfBytes.File(1, 96, [.. "MTrk"u8, 0, 0, 0, 8, 0, 0xFF, 0x01, 0xFF, 0xFF, 0xFF, 0x7F, 0]);
        bytes[10] = 0xFF; // 65,281 tracks
        Assert.Throws<SmfException>(() => SmfReader.Read(bytes));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SmfException>(() => SmfReader.Read(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    private static void AssertReadable(byte[] bytes)
    {
        var file = SmfReader.Read(bytes);
        Assert.Equal(file.Tracks.SelectMany(t => t.Events), SmfReader.Read(SmfWriter.ToBytes(file)).Tracks.SelectMany(t => t.Events));
        var clip = ClipReader.FromSmf(file);
        Assert.All(clip.Notes, note => Assert.True(note.DurationTicks >= 0 && note.EndTick <= clip.EndTick));
        clip.ToTempoMap();
        clip.ToMeterMap();
    }

    private static byte[] RandomFile(Random random)
    {
        var track = new byte[random.Next(200)];
        random.NextBytes(track);
        return SmfBytes.File(random.Next(3), random.Next(65536), SmfBytes.Track(track));
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Length > 0; changes--)
        {
            var at = random.Next(bytes.Length);
            bytes = random.Next(4) switch
            {
                0 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
                1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
                2 => [.. bytes[..at], .. bytes[(at + 1)..]],
                _ => bytes[..at],
            };
        }
        return bytes;
    }
}
