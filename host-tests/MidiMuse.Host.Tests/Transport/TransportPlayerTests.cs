using MidiMuse.Core.Time;
using MidiMuse.Host.Transport;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.Tests.Transport;

/// <summary>Oracle: positions worked out by hand, and that cutting into other blocks changes none of them.</summary>
public sealed class TransportPlayerTests
{
    private const double Rate = 48000;
    private const double SamplePpq = 120 / 60.0 / Rate;

    [Fact]
    public void Positions_grow_with_the_tempo()
    {
        var player = new TransportPlayer(new TransportScript { StartPpq = -2 }, Rate);
        player.Next(24000);
        Assert.Equal(-2, player.Context().ProjectTimeMusic, 9);
        player.Next(24000);
        var context = player.Context();
        Assert.Equal(-1, context.ProjectTimeMusic, 9);
        Assert.Equal(-24000, context.ProjectTimeSamples);
        Assert.Equal(-4, context.BarPositionMusic, 9);
        Assert.True(context.State.HasFlag(ProcessContextState.Playing));
    }

    public static TheoryData<string, TransportScript> Scripts() => new()
    {
        { "plain", new TransportScript() },
        { "split loop", new TransportScript { Loop = new LoopRange(0.2, 1.1) } },
        { "crossed loop", new TransportScript { Loop = new LoopRange(0.2, 1.1, LoopStyle.Cross) } },
        { "loop shorter than a block", new TransportScript { Loop = new LoopRange(0.5, 0.57, LoopStyle.Cross) } },
        { "ramp", new TransportScript { Tempos = TempoMap.Ramp(0, 80, 16, 170, 0.125) } },
        { "looped ramp", new TransportScript { Tempos = TempoMap.Ramp(0, 80, 4, 170, 0.125), Loop = new LoopRange(0.3, 4) } },
        { "locates", new TransportScript { Locates = [new Locate(0.75, 10), new Locate(2, -3)] } },
        { "start behind a loop", new TransportScript { StartPpq = 8, Loop = new LoopRange(0, 4) } },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_sample_has_one_position_whatever_the_blocks(string name, TransportScript script)
    {
        Assert.NotEmpty(name);
        var bySample = Positions(script, BlockSizes.Fixed(1));
        foreach (var sizes in (BlockSizes[])[BlockSizes.Fixed(64), BlockSizes.Fixed(511), BlockSizes.Fixed(4096), BlockSizes.Random(seed: 5)])
        {
            var positions = Positions(script, sizes);
            var worst = bySample.Zip(positions, (a, b) => Math.Max(Math.Abs(a.Played - b.Played), Math.Abs(a.Project - b.Project))).Max();
            Assert.InRange(worst, 0, SamplePpq / 1000);
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_event_has_one_sample_whatever_the_blocks(string name, TransportScript script)
    {
        Assert.NotEmpty(name);
        double[] events = [.. Enumerable.Range(1, 60).Select(i => script.StartPpq + (i * 0.0931)), .. Enumerable.Range(1, 6).Select(i => script.StartPpq + i)];
        Array.Sort(events);
        var expected = EventSamples(script, BlockSizes.Fixed(1), events);
        Assert.Equal(events.Length, expected.Count);
        foreach (var sizes in (BlockSizes[])[BlockSizes.Fixed(64), BlockSizes.Fixed(4096), BlockSizes.Random(seed: 6)])
            Assert.Equal(expected, EventSamples(script, sizes, events));
    }

    [Fact]
    public void A_split_loop_ends_a_block_at_its_end()
    {
        var player = new TransportPlayer(new TransportScript { Loop = new LoopRange(0, 1) }, Rate);
        player.Next(20000);
        player.Next(20000);
        Assert.Equal(4000, player.BlockSamples);
        player.Next(20000);
        Assert.Equal(0, player.Context().ProjectTimeMusic, 9);
        Assert.Equal(1, player.BlockStartPlayedPpq, 9);
    }

    [Fact]
    public void A_crossed_loop_shows_the_wrap_in_the_next_block_only()
    {
        var player = new TransportPlayer(new TransportScript { Loop = new LoopRange(0, 1, LoopStyle.Cross) }, Rate);
        player.Next(20000);
        player.Next(20000);
        Assert.Equal(20000, player.BlockSamples);
        Assert.Equal(4000, player.OffsetOf(1));
        Assert.Equal(0, player.ProjectPpq(24000), 9);
        player.Next(20000);
        Assert.Equal(16000 * SamplePpq, player.Context().ProjectTimeMusic, 9);
    }

    [Fact]
    public void A_pause_stands_still_and_goes_on()
    {
        var player = new TransportPlayer(new TransportScript { Pauses = [new Pause(1, 3)] }, Rate);
        player.Next(24000);
        for (var i = 0; i < 3; i++)
        {
            player.Next(512);
            Assert.False(player.IsPlaying);
            Assert.Equal(1, player.Context().ProjectTimeMusic, 9);
        }
        player.Next(24000);
        Assert.True(player.IsPlaying);
        Assert.Equal(1, player.BlockStartPlayedPpq, 9);
        Assert.Equal(2, player.BlockEndPlayedPpq, 9);
        Assert.Equal(24000 + (3 * 512), player.BlockStartSample);
    }

    [Fact]
    public void Hosts_that_quantise_report_multiples_and_ardours_bars()
    {
        var player = new TransportPlayer(new TransportScript { ReportedPpqStep = 1 / 1920.0, BarPosition = BarPosition.BarNumberTimesFour }, Rate);
        for (var i = 0; i < 1000; i++)
        {
            player.Next(511);
            var ppq = player.Context().ProjectTimeMusic;
            Assert.Equal(Math.Round(ppq * 1920), ppq * 1920, 6);
            Assert.Equal(player.ProjectPpq(player.BlockStartSample), ppq, 0.5 / 1920 + 1e-9);
        }
        player = new TransportPlayer(new TransportScript { BarPosition = BarPosition.BarNumberTimesFour }, Rate);
        player.Next(64);
        Assert.Equal(4, player.Context().BarPositionMusic);
    }

    [Fact]
    public void Signatures_change_with_the_project()
    {
        var meters = new MeterMap([new MeterPoint(0, new Meter(4, 4)), new MeterPoint(4, new Meter(7, 8))]);
        var player = new TransportPlayer(new TransportScript { Meters = meters }, Rate);
        player.Next(96000);
        Assert.Equal((4, 4), (player.Context().TimeSigNumerator, player.Context().TimeSigDenominator));
        player.Next(96000);
        Assert.Equal((7, 8), (player.Context().TimeSigNumerator, player.Context().TimeSigDenominator));
    }

    private static List<(double Played, double Project)> Positions(TransportScript script, BlockSizes sizes)
    {
        const int Samples = 60_000;
        var player = new TransportPlayer(script, Rate);
        var positions = new List<(double, double)>(Samples);
        while (positions.Count < Samples)
        {
            player.Next(sizes.Take());
            for (var i = 0; i < player.BlockSamples; i++)
                positions.Add((player.PlayedPpq(player.BlockStartSample + i), player.ProjectPpq(player.BlockStartSample + i)));
        }
        positions.RemoveRange(Samples, positions.Count - Samples);
        return positions;
    }

    private static List<long> EventSamples(TransportScript script, BlockSizes sizes, double[] playedPpq)
    {
        var player = new TransportPlayer(script, Rate);
        var samples = new List<long>();
        while (samples.Count < playedPpq.Length && player.BlockStartSample < 400_000)
        {
            player.Next(sizes.Take());
            while (samples.Count < playedPpq.Length && player.OffsetOf(playedPpq[samples.Count]) is var offset && offset < player.BlockSamples)
                samples.Add(player.BlockStartSample + Math.Max(0, offset));
        }
        return samples;
    }
}
