using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Inference.Tests.Steering;

public sealed class MotifClosenessTests
{
    private const int BarTicks = 96;

    /// <summary>A chord of which the lowest note is the longest, and a note after it.</summary>
    private static readonly GridNote[] Motif = [new(0, 72, 60, 80), new(0, 24, 64, 80), new(0, 24, 67, 80), new(72, 24, 72, 80)];

    /// <summary>Chords are drawn upwards: with a higher note first, the lower ones could not follow.</summary>
    [Fact]
    public void A_chord_is_led_to_from_its_lowest_note_upwards()
    {
        Assert.Equal([60], Favoured(Coming(onset: 0, last: -1, lastPitch: 72)));
        Assert.Equal([64], Favoured(Coming(onset: 0, last: 0, lastPitch: 60)));
        Assert.Equal([67], Favoured(Coming(onset: 0, last: 0, lastPitch: 64)));
        Assert.Equal([67], Favoured(Coming(onset: 0, last: 0, lastPitch: 65)));
        Assert.Empty(Favoured(Coming(onset: 0, last: 0, lastPitch: 67)));
    }

    [Fact]
    public void The_interval_of_a_chord_counts_from_the_note_before_to_its_lowest_note()
    {
        // The motif goes round: before its chord on 60 comes its last note, 72. Twelve down from 70 is 58.
        Assert.Equal([58], Favoured(Coming(onset: 0, last: -1, lastPitch: 70), new ClosenessWeights(0, 0, 1, 0)));
    }

    [Fact]
    public void What_is_avoided_is_the_whole_chord() =>
        Assert.Equal([60, 64, 67], Of(Pitches(Coming(onset: 0, last: -1, lastPitch: 72), new ClosenessWeights(0, -1, 0, 0)), nats => nats < 0));

    [Theory]
    [InlineData(60, 72)]
    [InlineData(64, 24)]
    [InlineData(61, 72)]
    public void A_note_is_led_to_its_own_length_and_a_strange_one_to_that_of_the_lowest(int pitch, int ticks)
    {
        var logits = new float[NoteEventVocabulary.DurationTargets];
        Begun(new ClosenessWeights(0, 0, 0, 1)).WeighDurations(Coming(onset: 0, last: -1, lastPitch: 72) with { Pitch = pitch }, logits);
        Assert.Equal([NoteEventVocabulary.DurationFromTicks(ticks)], Of(logits, nats => nats > 0));
    }

    private static List<int> Favoured(NextNote coming, ClosenessWeights? weights = null) => Of(Pitches(coming, weights ?? new ClosenessWeights(0, 1, 0, 0)), nats => nats > 0);

    private static float[] Pitches(NextNote coming, ClosenessWeights weights)
    {
        var logits = new float[128];
        Begun(weights).WeighPitches(coming, logits);
        return logits;
    }

    private static List<int> Of(float[] logits, Func<float, bool> counts) => [.. Enumerable.Range(0, logits.Length).Where(i => counts(logits[i]))];

    /// <summary>In the first bar after the motif.</summary>
    private static MotifCloseness Begun(ClosenessWeights weights)
    {
        var closeness = new MotifCloseness(new MotifPattern(Motif, BarTicks, BarTicks), weights);
        closeness.Begin(BarTicks, 2 * BarTicks);
        return closeness;
    }

    /// <param name="onset">In the bar.</param>
    /// <param name="last">Onset of the note before, in the bar; -1 in the bar before.</param>
    private static NextNote Coming(int onset, int last, int lastPitch) => new()
    {
        StartTick = BarTicks,
        EndTick = 2 * BarTicks,
        OnsetTick = BarTicks + onset,
        LastOnsetTick = BarTicks + last,
        LastPitch = lastPitch,
    };
}
