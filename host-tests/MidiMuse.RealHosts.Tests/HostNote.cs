namespace MidiMuse.RealHosts.Tests;

/// <summary>A note as a host recorded it.</summary>
/// <param name="OnsetPpq">Quarter notes on the timeline; loop passes follow one another.</param>
/// <param name="EndPpq">The same, of its release.</param>
internal readonly record struct HostNote(double OnsetPpq, double EndPpq, int Pitch, int Velocity, int Channel)
{
    private const double GridTicksPerQuarter = 24;

    /// <summary>The same notes, at positions that differ by no more than a tolerance.</summary>
    public static void AssertSame(IReadOnlyList<HostNote> expected, IReadOnlyList<HostNote> actual, double tolerancePpq)
    {
        Assert.Equal(expected.Select(note => (note.Pitch, note.Velocity, note.Channel)), actual.Select(note => (note.Pitch, note.Velocity, note.Channel)));
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.InRange(other.OnsetPpq, one.OnsetPpq - tolerancePpq, one.OnsetPpq + tolerancePpq);
            Assert.InRange(other.EndPpq, one.EndPpq - tolerancePpq, one.EndPpq + tolerancePpq);
        }
    }

    /// <summary>What <see cref="AssertSame"/> asserts.</summary>
    public static bool AreSame(IReadOnlyList<HostNote> expected, IReadOnlyList<HostNote> actual, double tolerancePpq) =>
        expected.Count == actual.Count && expected.Zip(actual).All(pair =>
            (pair.First.Pitch, pair.First.Velocity, pair.First.Channel) == (pair.Second.Pitch, pair.Second.Velocity, pair.Second.Channel)
            && Math.Abs(pair.First.OnsetPpq - pair.Second.OnsetPpq) <= tolerancePpq
            && Math.Abs(pair.First.EndPpq - pair.Second.EndPpq) <= tolerancePpq);

    /// <summary>Answers begin on the grid, 24 ticks a quarter, counted from their bar line.</summary>
    public void AssertBeginsOnGrid(double barLinePpq, double tolerancePpq)
    {
        var ticks = (OnsetPpq - barLinePpq) * GridTicksPerQuarter;
        Assert.InRange((ticks - Math.Round(ticks)) / GridTicksPerQuarter, -tolerancePpq, tolerancePpq);
    }

    public override string ToString() => FormattableString.Invariant($"{OnsetPpq:F4}..{EndPpq:F4} pitch {Pitch} velocity {Velocity}");
}
