using MidiMuse.Core.Notes;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Inference.Tests.Steering;

public sealed class BarDevelopmentTests
{
    private const int BarTicks = 96;
    private const double MostNats = 5.2;

    private static readonly int[] Up = [60, 62, 64, 65];
    private static readonly int[] Down = [72, 71, 69, 67];

    [Fact]
    public void A_bar_that_was_repeated_is_led_away_from_at_its_own_places()
    {
        var nats = Weigh(motif: [Up, Down], answer: [Up, Up], amount: 1);
        for (var beat = 0; beat < 4; beat++)
        {
            for (var pitch = 0; pitch < 128; pitch++)
                Assert.Equal(pitch == Up[beat] ? -MostNats : 0, nats[beat][pitch], 1e-5);
        }
    }

    /// <summary>The last bar shares two notes of four with the one before; the motif's bars share none, or as many.</summary>
    [Fact]
    public void Only_what_goes_beyond_the_motif_s_own_repetition_counts()
    {
        int[] halfUp = [60, 62, 69, 67];
        Assert.Equal(-MostNats / 2, Weigh([Up, Down], [Up, halfUp], amount: 1)[0][60], 1e-5);
        Assert.Equal(-MostNats / 4, Weigh([Up, Down], [Up, halfUp], amount: 0.5)[0][60], 1e-5);
        Assert.All(Weigh([Up, halfUp], [Up, halfUp], amount: 1), beat => Assert.All(beat, nats => Assert.Equal(0, nats)));
        Assert.All(Weigh([Up, Up, Up], [Up, Up], amount: 1), beat => Assert.All(beat, nats => Assert.Equal(0, nats)));
    }

    [Fact]
    public void A_bar_that_is_new_is_left_alone() =>
        Assert.All(Weigh([Up, Down], [Up, Down], amount: 1), beat => Assert.All(beat, nats => Assert.Equal(0, nats)));

    [Fact]
    public void A_motif_of_one_bar_or_with_silence_between_its_bars_says_nothing()
    {
        Assert.All(Weigh([Up], [Up, Up], amount: 1), beat => Assert.All(beat, nats => Assert.Equal(0, nats)));
        Assert.All(Weigh([Up, [], Up], [Up, Up], amount: 1), beat => Assert.All(beat, nats => Assert.Equal(0, nats)));
    }

    [Fact]
    public void The_motif_s_last_bars_count_where_the_answer_begins()
    {
        Assert.Equal(-MostNats * 2 / 3, Weigh([Down, Up, Down, Down], [], amount: 1)[0][72], 1e-5);
        Assert.Equal(0, Weigh([Down, Down, Down, Up], [], amount: 1)[0][60]);
    }

    /// <summary>What is added to the pitches on each beat of the bar that follows.</summary>
    private static float[][] Weigh(int[][] motif, int[][] answer, double amount)
    {
        var phrase = Notes([.. motif, .. answer]);
        var start = (motif.Length + answer.Length) * BarTicks;
        var steering = new BarDevelopment(Notes(motif), phrase, start, BarTicks, amount);
        steering.Begin(start, start + BarTicks);
        return [.. Enumerable.Range(0, 4).Select(beat =>
        {
            var logits = new float[128];
            steering.WeighPitches(new NextNote { StartTick = start, EndTick = start + BarTicks, OnsetTick = start + (beat * BarTicks / 4) }, logits);
            return logits;
        })];
    }

    /// <summary>A note on each beat.</summary>
    private static GridNote[] Notes(int[][] bars) =>
        [.. bars.SelectMany((pitches, bar) => pitches.Select((pitch, beat) => new GridNote((bar * BarTicks) + (beat * BarTicks / 4), 24, pitch, 80)))];
}
