using MidiMuse.Core.Baselines;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Tests.Baselines;

public class MotifCopyTests
{
    private static readonly GridNote[] Motif = [new(0, 24, 60, 80), new(72, 48, 64, 90)];

    [Fact]
    public void The_motif_is_repeated_from_bar_to_bar()
    {
        var notes = MotifCopy.Continue(Motif, 96, 0, 192).ToArray();
        Assert.Equal([0L, 72, 96, 168], notes.Select(n => n.OnsetTick));
        Assert.Equal([60, 64, 60, 64], notes.Select(n => n.Pitch));
    }

    [Fact]
    public void Notes_stop_where_the_next_repetition_begins() =>
        Assert.Equal([24, 24], MotifCopy.Continue(Motif, 96, 0, 96).Select(n => n.DurationTicks));

    [Fact]
    public void A_part_of_an_answer_equals_that_part_of_the_whole_answer()
    {
        var whole = MotifCopy.Continue(Motif, 96, 0, 480).Where(n => n.OnsetTick is >= 120 and < 360).Select(n => n.OnsetTick);
        Assert.Equal(whole, MotifCopy.Continue(Motif, 96, 120, 360).Select(n => n.OnsetTick));
    }

    [Fact]
    public void An_empty_motif_is_answered_with_silence() => Assert.Empty(MotifCopy.Continue([], 96, 0, 960));
}
