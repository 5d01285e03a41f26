using MidiMuse.Core.Notes;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Inference.Tests.Steering;

public sealed class GridLockTests
{
    private const int BarTicks = 96;

    /// <summary>Oracle: a 32nd note lasts 3 of a quarter's 24 ticks, a triplet's sixteenth 4.</summary>
    [Fact]
    public void On_the_grid_are_32nd_notes_and_the_triplets_of_sixteenths()
    {
        var grid = GridLock.OfMotif([At(0)], BarTicks)!;
        grid.Begin(BarTicks, 2 * BarTicks);
        int[] of24 = [0, 3, 4, 6, 8, 9, 12, 15, 16, 18, 20, 21];
        Assert.Equal(of24, Enumerable.Range(0, 24).Where(tick => grid.MayBegin(BarTicks + tick)));
    }

    [Fact]
    public void The_grid_begins_anew_at_every_bar_line()
    {
        const int BarOfFiveSixteenths = 30;
        var grid = GridLock.OfMotif([At(BarOfFiveSixteenths + 4)], BarOfFiveSixteenths);
        Assert.NotNull(grid);
        grid.Begin(BarOfFiveSixteenths, 2 * BarOfFiveSixteenths);
        Assert.True(grid.MayBegin(BarOfFiveSixteenths + 4));
    }

    [Fact]
    public void A_motif_with_one_note_beside_the_grid_has_none()
    {
        Assert.NotNull(GridLock.OfMotif([At(0), At(18), At(40)], BarTicks));
        Assert.Null(GridLock.OfMotif([At(0), At(19), At(40)], BarTicks));
    }

    private static GridNote At(long tick) => new(tick, 3, 60, 80);
}
