namespace MidiMuse.Core.Originality;

/// <summary>Finds what every music has in common: scales, repeated notes, and figures that go on and on.</summary>
internal static class Commonplace
{
    /// <summary>Four notes in one direction by steps are a scale.</summary>
    private const int FewestSteps = 3;

    private const int WidestStep = 2;

    /// <summary>Repeated notes, trills, three- and four-note arpeggios.</summary>
    private const int LongestFigure = 4;

    /// <summary>Sets <paramref name="marks"/> where an element belongs to a scale or repeats the figure before it.</summary>
    public static void Mark(ReadOnlySpan<ushort> elements, Span<bool> marks)
    {
        MarkScales(elements, marks);
        for (var period = 1; period <= LongestFigure; period++)
            MarkRepetitions(elements, period, marks);
    }

    private static void MarkScales(ReadOnlySpan<ushort> elements, Span<bool> marks)
    {
        var (steps, direction) = (0, 0);
        for (var i = 0; i < elements.Length; i++)
        {
            var interval = LineElement.IntervalOf(elements[i]);
            var isStep = interval != 0 && Math.Abs(interval) <= WidestStep;
            steps = !isStep ? 0 : Math.Sign(interval) == direction ? steps + 1 : 1;
            direction = Math.Sign(interval);
            if (steps >= FewestSteps)
                marks.Slice(i - steps + 1, steps).Fill(true);
        }
    }

    /// <summary>What repeats the elements one period earlier for a whole period says nothing new.</summary>
    private static void MarkRepetitions(ReadOnlySpan<ushort> elements, int period, Span<bool> marks)
    {
        var repeated = 0;
        for (var i = period; i < elements.Length; i++)
        {
            repeated = elements[i] == elements[i - period] ? repeated + 1 : 0;
            if (repeated >= period)
                marks.Slice(i - period + 1, period).Fill(true);
        }
    }
}
