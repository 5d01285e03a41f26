using MidiMuse.Core.Notes;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Inference.Tests.Steering;

public sealed class OrnamentLimitTests
{
    [Theory]
    [InlineData(Role.Melody, 3)]
    [InlineData(Role.Bass, 3)]
    [InlineData(Role.Piano, 11)]
    public void A_run_of_grace_notes_ends_after_as_many_short_steps_as_people_write(Role role, int steps)
    {
        var limit = new OrnamentLimit(role, [], [], 96);
        limit.Begin(96, 192);
        Assert.Equal(steps, ShortStepsFrom(limit, 96));
    }

    [Fact]
    public void Thirty_second_notes_are_no_ornament()
    {
        var limit = new OrnamentLimit(Role.Melody, [], [], 0);
        for (var tick = 0; tick < 96; tick += 3)
        {
            Assert.True(limit.MayBegin(tick));
            limit.Added(At(tick));
        }
    }

    [Fact]
    public void A_chord_is_no_step_and_a_quarter_later_there_may_be_ornaments_again()
    {
        var limit = new OrnamentLimit(Role.Melody, [], [], 0);
        var last = ShortStepsFrom(limit, 0);
        Assert.True(limit.MayBegin(last));
        Assert.False(limit.MayBegin(last + 1));
        Assert.True(limit.MayBegin(last + 3));
        limit.Added(At(last + 24));
        Assert.Equal(3, ShortStepsFrom(limit, last + 24));
    }

    [Fact]
    public void A_motif_that_runs_may_be_answered_by_runs_as_long()
    {
        GridNote[] motif = [.. Enumerable.Range(0, 8).Select(tick => At(tick))];
        Assert.Equal(7, ShortStepsFrom(new OrnamentLimit(Role.Melody, motif, motif, 96), 96));
    }

    [Fact]
    public void A_run_over_the_bar_line_counts_as_one_and_every_take_of_the_bar_begins_alike()
    {
        GridNote[] phrase = [At(93), At(94), At(95)];
        var limit = new OrnamentLimit(Role.Melody, [], phrase, 96);
        for (var take = 0; take < 3; take++)
        {
            limit.Begin(96, 192);
            Assert.True(limit.MayBegin(96));
            limit.Added(At(96));
            Assert.False(limit.MayBegin(97));
        }
    }

    /// <summary>How many notes one tick apart may follow a first one.</summary>
    private static int ShortStepsFrom(OrnamentLimit limit, long tick)
    {
        limit.Added(At(tick));
        var steps = 0;
        while (steps < 100 && limit.MayBegin(tick + steps + 1))
            limit.Added(At(tick + ++steps));
        return steps;
    }

    private static GridNote At(long tick) => new(tick, 1, 60, 80);
}
