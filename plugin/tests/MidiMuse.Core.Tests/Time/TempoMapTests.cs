using MidiMuse.Core.Time;

namespace MidiMuse.Core.Tests.Time;

/// <summary>Oracle: arithmetic by hand; for ramps the integral of 60/bpm.</summary>
public sealed class TempoMapTests
{
    [Fact]
    public void Seconds_add_up_over_tempo_changes()
    {
        var map = new TempoMap([new TempoPoint(0, 60), new TempoPoint(4, 120), new TempoPoint(8, 240)]);
        Assert.Equal(4 + 2 + 1, map.ToSeconds(12), 12);
        Assert.Equal(12, map.ToPpq(7), 12);
        Assert.Equal(-2, map.ToSeconds(-2), 12);
        Assert.Equal(-2, map.ToPpq(-2), 12);
    }

    [Fact]
    public void Second_0_is_ppq_0_where_the_first_tempo_comes_earlier()
    {
        var map = new TempoMap([new TempoPoint(-4, 60), new TempoPoint(-2, 120)]);
        Assert.Equal(0, map.ToSeconds(0), 12);
        Assert.Equal(-3, map.ToSeconds(-4), 12);
        Assert.Equal(-4, map.ToPpq(-3), 12);
    }

    [Fact]
    public void A_ramp_in_fine_steps_lasts_as_long_as_its_integral()
    {
        var map = TempoMap.Ramp(0, 60, 16, 180, 1.0 / 64);
        var exact = 60 * 16 / (180.0 - 60) * Math.Log(180.0 / 60);
        Assert.Equal(exact, map.ToSeconds(16), 0.01);
        Assert.Equal(180, map.BpmAt(100));
    }

    [Fact]
    public void Positions_and_seconds_are_inverse()
    {
        var map = TempoMap.Ramp(2, 47, 19, 301, 0.25);
        for (var ppq = -3.0; ppq < 30; ppq += 0.37)
            Assert.Equal(ppq, map.ToPpq(map.ToSeconds(ppq)), 9);
    }
}
