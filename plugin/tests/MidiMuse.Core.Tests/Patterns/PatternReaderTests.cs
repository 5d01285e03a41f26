using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Tests.Patterns;

public class PatternReaderTests
{
    [Fact]
    public void Every_step_is_read_back_from_its_own_tick()
    {
        for (var step = 0; step < PatternVocabulary.Steps; step++)
            Assert.Equal(step, PatternVocabulary.StepFromTick(PatternVocabulary.TickOfStep(step)));
    }

    /// <summary>Oracle: all steps tried one after the other.</summary>
    [Fact]
    public void Every_tick_goes_to_the_nearest_step()
    {
        for (var tick = 0; tick < 15 * GridTime.TicksPerQuarter; tick++)
        {
            var nearest = Enumerable.Range(0, PatternVocabulary.Steps).Min(step => Math.Abs(PatternVocabulary.TickOfStep(step) - tick));
            Assert.Equal(nearest, Math.Abs(PatternVocabulary.TickOfStep(PatternVocabulary.StepFromTick(tick)) - tick));
        }
    }

    [Theory]
    [InlineData(4, 4, 4, 32)]
    [InlineData(3, 4, 4, 24)]
    [InlineData(6, 8, 4, 24)]
    [InlineData(3, 8, 4, 12)]
    [InlineData(7, 8, 4, 28)]
    [InlineData(12, 8, 2, 48)]
    [InlineData(3, 2, 2, 48)]
    [InlineData(8, 2, 1, 128)]
    [InlineData(9, 2, 0, 144)]
    public void A_pattern_holds_whole_bars_of_whole_steps(int numerator, int denominator, int bars, int stepsOfBar)
    {
        var meter = new Meter(numerator, denominator);
        Assert.Equal(bars, PatternVocabulary.BarsOf(meter));
        Assert.Equal(stepsOfBar, PatternVocabulary.StepsOf(meter.BarTicks));
    }

    /// <summary>Random lines in all keys, seeds 0..99.</summary>
    [Fact]
    public void The_tonic_becomes_a_C_and_the_mean_lies_in_the_octave_around_middle_C()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var key = new Key(random.Next(12), Mode.Minor);
            var notes = Enumerable.Range(0, 10).Select(i => new GridNote(i * 12, 12, random.Next(30, 100), 80)).ToArray();
            var frame = PatternFrame.Of(notes, key, Role.Melody);
            Assert.Equal(0, (key.TonicPitchClass + frame.Shift + 120) % 12);
            Assert.InRange(notes.Average(n => n.Pitch) + frame.Shift, 54, 66);
            Assert.All(notes, n => Assert.InRange(frame.ToClass(n.Pitch), 0, PatternVocabulary.Pitches - 1));
            Assert.All(notes, n => Assert.Equal(0, (n.Pitch - frame.ToPitch(frame.ToClass(n.Pitch))) % 12));
        }
    }

    [Fact]
    public void Drums_are_not_moved()
    {
        var frame = PatternFrame.Of([new GridNote(0, 6, 36, 90)], new Key(5, Mode.Major), Role.Drums);
        Assert.Equal(38, frame.ToPitch(frame.ToClass(38)));
    }

    [Fact]
    public void Notes_come_sorted_without_unisons_and_only_from_the_pattern()
    {
        GridNote[] notes =
        [
            new(90, 6, 50, 80), // before the pattern
            new(96, 24, 64, 80), new(96, 48, 60, 80),
            new(97, 12, 60, 80), // rounds to the same step as the one before
            new(131, 6, 72, 80), // half a sixteenth late
            new(191, 6, 72, 80), // belongs to the bar after the pattern
        ];
        Span<PatternNote> pattern = stackalloc PatternNote[16];
        var count = PatternReader.Read(notes, 96, 32, default, pattern);
        Assert.Equal(
            [new PatternNote(0, 36, 11), new PatternNote(0, 40, 9), new PatternNote(12, 48, 3)],
            pattern[..count].ToArray());
    }
}
