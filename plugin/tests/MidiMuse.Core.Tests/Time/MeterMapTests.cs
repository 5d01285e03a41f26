using MidiMuse.Core.Time;

namespace MidiMuse.Core.Tests.Time;

public sealed class MeterMapTests
{
    private static readonly MeterMap Map = new([new MeterPoint(0, new Meter(4, 4)), new MeterPoint(8, new Meter(7, 8)), new MeterPoint(15, new Meter(3, 4))]);

    [Theory]
    [InlineData(-0.5, -1, -4, 0)]
    [InlineData(0, 0, 0, 4)]
    [InlineData(3.9999, 0, 0, 4)]
    [InlineData(4, 1, 4, 8)]
    [InlineData(8, 2, 8, 11.5)]
    [InlineData(11.4999999999, 3, 11.5, 15)]
    [InlineData(15, 4, 15, 18)]
    public void Bars_follow_the_signatures(double positionPpq, int index, double startPpq, double endPpq)
    {
        var bar = Map.BarAt(positionPpq);
        Assert.Equal((index, startPpq, endPpq), (bar.Index, bar.StartPpq, bar.EndPpq));
    }

    [Fact]
    public void A_signature_inside_a_bar_cuts_it_short()
    {
        var map = new MeterMap([new MeterPoint(0, new Meter(4, 4)), new MeterPoint(6, new Meter(3, 4))]);
        Assert.Equal(6, map.BarAt(5).EndPpq);
        Assert.Equal(2, map.BarAt(6).Index);
    }

    [Fact]
    public void Bar_lines_are_counted_over_signatures() => Assert.Equal(15, Map.BarLineAfter(1, 4));
}
