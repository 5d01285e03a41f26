using MidiMuse.Core.Harmony;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Tests.Harmony;

/// <summary>Oracle: how players read a chord chart.</summary>
public class ChordLaneTests
{
    [Theory]
    [InlineData("Dm7 | G7 | Cmaj7 | %", 4, 4, "Dm7 Dm7 Dm7 Dm7 G7 G7 G7 G7 Cmaj7 Cmaj7 Cmaj7 Cmaj7 Cmaj7 Cmaj7 Cmaj7 Cmaj7")]
    [InlineData("| Dm7 G7 | Cmaj7 |", 4, 4, "Dm7 Dm7 G7 G7 Cmaj7 Cmaj7 Cmaj7 Cmaj7")]
    [InlineData("Dm7 G7 | C", 3, 4, "Dm7 Dm7 G7 C C C")]
    [InlineData("C F G | Am", 4, 4, "C C F G Am Am Am Am")]
    [InlineData("C / / G7 | Am", 4, 4, "C C C G7 Am Am Am Am")]
    [InlineData("C G | Am", 6, 8, "C C C G G G Am Am Am Am Am Am")]
    [InlineData("C G F", 4, 4, "C C C C G G G G F F F F")]
    [InlineData("Am % | N.C.", 4, 4, "Am Am Am Am N.C. N.C. N.C. N.C.")]
    [InlineData("C\nF G\n", 2, 4, "C C F G")]
    public void Every_beat_has_its_chord(string text, int numerator, int denominator, string beats)
    {
        Assert.True(ChordLane.TryParse(text, out var lane, out var problem), problem);
        var meter = new Meter(numerator, denominator);
        var expected = beats.Split(' ');
        for (var beat = 0; beat < 2 * expected.Length; beat++)
            Assert.Equal(expected[beat % expected.Length], lane!.At(meter, beat * GridTime.ToTick(meter.BeatPpq)).ToString());
        Assert.Equal(expected[^1], lane!.At(meter, -1).ToString());
    }

    [Theory]
    [InlineData("Dm7 | Hm7 | C", "Bar 2, chord 1: 'Hm7' is no chord symbol.")]
    [InlineData("Dm7 | G7 Xyz | C", "Bar 2, chord 2: 'Xyz' is no chord symbol.")]
    [InlineData("Dm7 | | C", "Bar 2 is empty")]
    [InlineData("% | C", "Bar 1: there is no chord before the '%'")]
    [InlineData("/ C", "Bar 1: there is no chord before the '/'")]
    [InlineData("  ", "at least one chord")]
    public void What_is_wrong_is_said_with_its_place(string text, string problem)
    {
        Assert.False(ChordLane.TryParse(text, out var lane, out var said));
        Assert.Null(lane);
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_progressions_are_equal_and_can_be_read_again()
    {
        Assert.True(ChordLane.TryParse("Dm7 G7|Cmaj7", out var one, out _));
        Assert.True(ChordLane.TryParse("| Dm7  G7 | Cmaj7 |", out var other, out _));
        Assert.Equal(one, other);
        Assert.True(ChordLane.TryParse(one!.ToString(), out var again, out _));
        Assert.Equal(one, again);
    }
}
