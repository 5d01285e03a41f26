using System.Collections.Immutable;
using MidiMuse.Core.Harmony;
using Xunit.Abstractions;

namespace MidiMuse.Core.Tests.Harmony;

/// <summary>Oracle: progressions that are common property, played three times.</summary>
public class ChordForecastTests(ITestOutputHelper output)
{
    private static readonly string[] Songs =
    [
        "C | G | Am | F",
        "Dm7 | G7 | Cmaj7 | Cmaj7",
        "Am | F | C | G",
        "C | Am | F | G",
        "C7 | C7 | C7 | C7 | F7 | F7 | C7 | C7 | G7 | F7 | C7 | G7",
        "D A | Bm F#m | G D | G A",
        "Am | G | F | E",
        "C | C | F | C | C | C | G | G",
        "Em | C | G | D",
        "Am | E | G | D | F | C | Dm | E",
        "C | F",
        "C | E7 | Am | F | C | G | C | C",
    ];

    [Fact]
    public void From_the_second_time_on_most_bars_are_foretold()
    {
        var (first, again, held, bars) = (0, 0, 0, (First: 0, Again: 0));
        foreach (var song in Songs)
        {
            Assert.True(ChordLane.TryParse(song, out var lane, out _));
            for (var now = 1; now < 3 * lane!.Bars; now++)
            {
                ImmutableArray<Chord>?[] heard = [.. Enumerable.Range(0, now).Select(bar => (ImmutableArray<Chord>?)lane.BarAt(bar))];
                var isRight = ChordForecast.Continue(heard, now + 1)[now].SequenceEqual(lane.BarAt(now));
                if (now < lane.Bars)
                {
                    bars.First++;
                    first += isRight ? 1 : 0;
                    continue;
                }
                bars.Again++;
                again += isRight ? 1 : 0;
                held += lane.BarAt(now).SequenceEqual([lane.BarAt(now - 1)[^1]]) ? 1 : 0;
            }
        }
        output.WriteLine($"first time {first} of {bars.First}; later {again} of {bars.Again}; with the chord before held {held} of {bars.Again}");
        Assert.True(again > 0.75 * bars.Again && again > 2 * held, $"{again} of {bars.Again}; held {held}");
    }

    [Fact]
    public void Silence_goes_on_with_the_progression_and_nothing_heard_is_no_progression()
    {
        Assert.True(ChordLane.TryParse("C | G | Am | F", out var lane, out _));
        ImmutableArray<Chord>?[] heard = [.. Enumerable.Range(0, 8).Select(bar => (ImmutableArray<Chord>?)lane!.BarAt(bar)), null, null];
        Assert.Equal("C | G | Am | F", string.Join(" | ", ChordForecast.Continue(heard, 12).Skip(8).Select(bar => bar.Single().ToString())));
        Assert.Empty(ChordForecast.Continue([null, null], 8));
        Assert.Empty(ChordForecast.Continue([], 8));
    }
}
