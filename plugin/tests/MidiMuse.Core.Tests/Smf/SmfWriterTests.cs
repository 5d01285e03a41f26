using MidiMuse.Core.Smf;
using Xunit.Abstractions;

namespace MidiMuse.Core.Tests.Smf;

public sealed class SmfWriterTests
{
    private readonly ITestOutputHelper _output;

    public SmfWriterTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void A_thousand_random_files_come_back_event_for_event()
    {
        var seed = Environment.TickCount;
        _output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++)
        {
            var file = RandomSmf.File(random);
            var copy = SmfReader.Read(SmfWriter.ToBytes(file, useRunningStatus: i % 2 == 0));
            Assert.Equal((file.Format, file.Division), (copy.Format, copy.Division));
            Assert.Equal(file.Tracks.Select(t => t.EndTick), copy.Tracks.Select(t => t.EndTick));
            Assert.Equal(file.Tracks.SelectMany(t => t.Events), copy.Tracks.SelectMany(t => t.Events));
        }
    }

    [Fact]
    public void Running_status_leaves_out_what_repeats_and_sysex_ends_it()
    {
        SmfEvent[] events =
        [
            SmfEvent.ChannelMessage(0, 0x90, 60, 100),
            SmfEvent.ChannelMessage(0, 0x90, 64, 100),
            new(0, SmfEvent.Sysex, 0, 0, new byte[] { 0xF7 }),
            SmfEvent.ChannelMessage(0, 0x90, 67, 100),
        ];
        var bytes = SmfWriter.ToBytes(new SmfFile(0, SmfDivision.Musical(96), [new SmfTrack(events, 0)]));
        Assert.Equal(
            SmfBytes.File(0, 96, SmfBytes.Track(0, 0x90, 60, 100, 0, 64, 100, 0, 0xF0, 1, 0xF7, 0, 0x90, 67, 100, 0, 0xFF, 0x2F, 0)),
            bytes);
    }

    [Fact]
    public void Events_out_of_order_are_a_mistake_of_the_caller()
    {
        var track = new SmfTrack([SmfEvent.ChannelMessage(10, 0x90, 60, 1), SmfEvent.ChannelMessage(9, 0x80, 60, 1)], 10);
        Assert.Throws<ArgumentException>(() => SmfWriter.ToBytes(new SmfFile(0, SmfDivision.Musical(96), [track])));
    }
}
