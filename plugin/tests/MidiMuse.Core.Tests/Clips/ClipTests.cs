using MidiMuse.Core.Clips;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Smf;
using MidiMuse.Core.Time;
using Xunit.Abstractions;

namespace MidiMuse.Core.Tests.Clips;

public sealed class ClipTests
{
    private readonly ITestOutputHelper _output;

    public ClipTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void A_thousand_random_clips_come_back_exactly()
    {
        var seed = Environment.TickCount;
        _output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++)
        {
            var clip = RandomClip(random, tracks: random.Next(4));
            AssertSame(clip, ClipReader.FromSmf(SmfReader.Read(SmfWriter.ToBytes(ClipWriter.ToSmf(clip)))));
        }
    }

    [Fact]
    public void A_clip_of_one_track_comes_back_from_format_0()
    {
        var clip = RandomClip(new Random(1), tracks: 1) with { Name = "answer" };
        clip = clip with { Tracks = [clip.Tracks[0] with { Name = "answer" }] };
        AssertSame(clip, ClipReader.FromSmf(SmfReader.Read(SmfWriter.ToBytes(ClipWriter.ToSmf(clip, format: 0)))));
    }

    [Fact]
    public void Repeated_notes_release_before_they_sound_again()
    {
        ClipNote[] notes = [new(0, 10, 60, 100), new(10, 10, 60, 90), new(20, 0, 60, 80)];
        var events = ClipWriter.ToSmf(new Clip { Tracks = [new ClipTrack("", notes)], EndTick = 20 }).Tracks[1].Events;
        Assert.Equal([true, false, true, false, true, false], events.Select(e => e.IsNoteOn));
    }

    [Fact]
    public void A_note_without_release_ends_with_its_track()
    {
        var track = new SmfTrack([SmfEvent.ChannelMessage(5, 0x91, 60, 100), SmfEvent.ChannelMessage(7, 0x81, 61, 0)], 30);
        var note = Assert.Single(ClipReader.FromSmf(new SmfFile(0, SmfDivision.Musical(96), [track])).Notes);
        Assert.Equal(new ClipNote(5, 25, 60, 100, Channel: 1), note);
    }

    [Fact]
    public void Older_files_have_latin_1_names()
    {
        var track = new SmfTrack([SmfEvent.Meta(0, SmfMeta.TrackName, new byte[] { 0x46, 0xFC, 0x72 })], 0);
        Assert.Equal("Für", ClipReader.FromSmf(new SmfFile(0, SmfDivision.Musical(96), [track])).Name);
    }

    [Fact]
    public void Time_code_files_have_no_bars_and_are_refused()
    {
        var file = new SmfFile(0, SmfDivision.TimeCode(25, 40), [new SmfTrack([], 0)]);
        Assert.Equal(SmfFault.TimeCodeDivision, Assert.Throws<SmfException>(() => ClipReader.FromSmf(file)).Fault);
    }

    [Fact]
    public void The_last_of_two_changes_at_one_tick_holds()
    {
        var clip = new Clip
        {
            Tempos = [TempoChange.FromBpm(0, 90), TempoChange.FromBpm(0, 100)],
            Meters = [new MeterChange(960, new Meter(3, 4)), new MeterChange(960, new Meter(7, 8))],
        };
        Assert.Equal(100, clip.ToTempoMap().BpmAt(0));
        Assert.Equal([new Meter(4, 4), new Meter(7, 8)], clip.ToMeterMap().Points.Select(point => point.Meter));
    }

    private static Clip RandomClip(Random random, int tracks)
    {
        var end = 0L;
        var clipTracks = Enumerable.Range(0, tracks).Select(i =>
        {
            var notes = RandomNotes(random);
            end = Math.Max(end, notes.Select(note => note.EndTick).DefaultIfEmpty(0).Max());
            return new ClipTrack($"track {i}", notes);
        }).ToArray();
        return new Clip
        {
            TicksPerQuarter = random.Next(1, 0x8000),
            Name = random.Next(2) == 0 ? "" : "Motif in ♭",
            Tracks = clipTracks,
            Tempos = [.. Ticks(random).Select(tick => new TempoChange(tick, random.Next(1, 0x1000000)))],
            Meters = [.. Ticks(random).Select(tick => new MeterChange(tick, new Meter(random.Next(1, 65), 1 << random.Next(7))))],
            Keys = [.. Ticks(random).Select(tick => new KeyChange(tick, random.Next(-7, 8), (Mode)random.Next(2)))],
            Texts = [.. Ticks(random).Select(tick => new ClipText(tick, (ClipTextKind)random.Next(5), $"text {tick}"))],
            EndTick = Math.Max(end, 5000) + random.Next(1000),
        };
    }

    private static IEnumerable<long> Ticks(Random random) => Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(5000)).Order();

    /// <summary>Without overlaps of one pitch and channel, which files cannot tell apart.</summary>
    private static ClipNote[] RandomNotes(Random random)
    {
        var free = new Dictionary<(int, int), long>();
        var notes = new List<ClipNote>();
        for (var i = random.Next(30); i > 0; i--)
        {
            var (pitch, channel) = (random.Next(128), random.Next(2));
            var onset = free.GetValueOrDefault((pitch, channel)) + random.Next(200);
            var note = new ClipNote(onset, random.Next(1, 500), pitch, random.Next(1, 128), channel, random.Next(128));
            free[(pitch, channel)] = note.EndTick;
            notes.Add(note);
        }
        return [.. notes.OrderBy(note => note.OnsetTick).ThenBy(note => note.Pitch).ThenBy(note => note.Channel)];
    }

    private static void AssertSame(Clip expected, Clip actual)
    {
        Assert.Equal((expected.TicksPerQuarter, expected.Name, expected.EndTick), (actual.TicksPerQuarter, actual.Name, actual.EndTick));
        Assert.Equal(expected.Tracks.Select(track => track.Name), actual.Tracks.Select(track => track.Name));
        Assert.Equal(expected.Tracks.Select(track => track.Notes), actual.Tracks.Select(track => track.Notes));
        Assert.Equal(expected.Tempos, actual.Tempos);
        Assert.Equal(expected.Meters, actual.Meters);
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.Equal(expected.Texts, actual.Texts);
    }
}
