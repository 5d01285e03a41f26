using MidiMuse.Core.Clips;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Smf;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Tests.Clips;

/// <summary>What every clip format must do. Oracles: the clip itself; and MidiMuse's own reader and writer.</summary>
public abstract class ClipFormatConformance
{
    protected abstract IClipFormat Format { get; }

    [Fact]
    public void A_clip_comes_back_as_it_was()
    {
        for (var seed = 1; seed <= 200; seed++)
            AssertSame(RandomClip(seed), Read(Format, Written(Format, RandomClip(seed))), seed);
    }

    [Fact]
    public void What_one_format_writes_the_other_reads_alike()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var clip = RandomClip(seed);
            AssertSame(clip, Read(SmfClipFormat.Instance, Written(Format, clip)), seed);
            AssertSame(clip, Read(Format, Written(SmfClipFormat.Instance, clip)), seed);
        }
    }

    [Fact]
    public void A_rest_at_the_end_counts()
    {
        var clip = new Clip { Tracks = [new ClipTrack("t", [new ClipNote(0, 10, 60, 100)])], EndTick = 3840 };
        Assert.Equal(3840, Read(Format, Written(Format, clip)).EndTick);
    }

    [Fact]
    public void Damaged_files_are_refused_with_the_one_exception()
    {
        var bytes = Written(SmfClipFormat.Instance, RandomClip(1));
        byte[][] damaged = [[], [1, 2, 3], bytes[..10], bytes[..(bytes.Length / 2)], [.. "RIFFxxxxWAVE"u8]];
        foreach (var file in damaged)
            Assert.Throws<SmfException>(() => Read(Format, file));
    }

    [Fact]
    public void Time_code_files_have_no_bars_and_are_refused()
    {
        byte[] file = [.. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1, 0xE7, 40, .. "MTrk"u8, 0, 0, 0, 4, 0, 0xFF, 0x2F, 0];
        Assert.Equal(SmfFault.TimeCodeDivision, Assert.Throws<SmfException>(() => Read(Format, file)).Fault);
    }

    private static byte[] Written(IClipFormat format, Clip clip)
    {
        using var stream = new MemoryStream();
        format.Write(clip, stream);
        return stream.ToArray();
    }

    private static Clip Read(IClipFormat format, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return format.Read(stream);
    }

    private static Clip RandomClip(int seed)
    {
        var random = new Random(seed);
        var tracks = Enumerable.Range(0, 1 + random.Next(3)).Select(i => new ClipTrack($"Spur {i} für ♭", Notes(random))).ToArray();
        return new Clip
        {
            TicksPerQuarter = 24 * (1 + random.Next(40)),
            Name = $"clip {seed}",
            Tracks = tracks,
            Tempos = [TempoChange.FromBpm(0, 60 + random.Next(120)), TempoChange.FromBpm(500, 90)],
            Meters = [new MeterChange(0, new Meter(1 + random.Next(12), 1 << random.Next(5)))],
            Keys = [new KeyChange(0, random.Next(-7, 8), (Mode)random.Next(2))],
            Texts = [new ClipText(5, (ClipTextKind)random.Next(5), "ein Wört")],
            EndTick = 20_000,
        };
    }

    /// <summary>Without overlaps of one pitch and channel, which files cannot tell apart.</summary>
    private static ClipNote[] Notes(Random random)
    {
        var notes = new List<ClipNote>();
        for (var (i, onset) = (0, 0L); i < random.Next(25); i++)
        {
            onset += random.Next(1, 200);
            notes.Add(new ClipNote(onset, random.Next(1, 150), 40 + i, 1 + random.Next(127), random.Next(16), random.Next(128)));
        }
        return [.. notes];
    }

    private static void AssertSame(Clip expected, Clip actual, int seed)
    {
        Assert.True((expected.TicksPerQuarter, expected.Name, expected.EndTick) == (actual.TicksPerQuarter, actual.Name, actual.EndTick), $"seed {seed}");
        Assert.Equal(expected.Tracks.Select(track => track.Name), actual.Tracks.Select(track => track.Name));
        Assert.Equal(expected.Tracks.Select(track => track.Notes), actual.Tracks.Select(track => track.Notes));
        Assert.Equal(expected.Tempos, actual.Tempos);
        Assert.Equal(expected.Meters, actual.Meters);
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.Equal(expected.Texts, actual.Texts);
    }
}

/// <summary>The portable format.</summary>
public sealed class SmfClipFormatTests : ClipFormatConformance
{
    protected override IClipFormat Format => SmfClipFormat.Instance;
}
