using System.Collections.Immutable;

namespace MidiMuse.Core.Harmony;

/// <summary>
/// What probably comes next in a progression that is being played: what came after the longest stretch that was like
/// the present one. Songs return after 2, 4, 8 bars, so of equals the one a multiple of four bars ago is taken, then
/// of two; and where nothing was like it, the beginning after 2, 4, 8, ... bars, else the chord stays.
/// </summary>
public static class ChordForecast
{
    /// <summary>More bars alike say no more.</summary>
    private const int LongestContext = 8;

    private const double FourBarsAgo = 0.5;
    private const double TwoBarsAgo = 0.25;

    /// <summary>The bars that were heard, silent ones filled, and as many more as are asked for; empty where none was heard.</summary>
    /// <param name="heard">A bar's chords; null where it was silent.</param>
    /// <param name="count">Bars wanted, those heard included.</param>
    public static ImmutableArray<Chord>[] Continue(ReadOnlySpan<ImmutableArray<Chord>?> heard, int count)
    {
        ImmutableArray<Chord>? first = null;
        foreach (var bar in heard)
            first ??= bar;
        if (first is not { } beginning)
            return [];
        var bars = new ImmutableArray<Chord>[count];
        for (var i = 0; i < count; i++)
            bars[i] = i < heard.Length && heard[i] is { } known ? known : i == 0 ? beginning : Next(bars.AsSpan(0, i));
        return bars;
    }

    private static ImmutableArray<Chord> Next(ReadOnlySpan<ImmutableArray<Chord>> bars)
    {
        var now = bars.Length;
        var (best, bestScore) = (-1, 0.0);
        for (var then = now - 1; then > 0; then--)
        {
            var alike = Alike(bars, then, now);
            var distance = now - then;
            var score = alike + (distance % 4 == 0 ? FourBarsAgo : distance % 2 == 0 ? TwoBarsAgo : 0);
            if (alike > 0 && score > bestScore)
                (best, bestScore) = (then, score);
        }
        if (best >= 0)
            return bars[best];
        var isRound = now >= 2 && (now & (now - 1)) == 0;
        return isRound ? bars[0] : [bars[^1][^1]];
    }

    /// <summary>How many bars before the two are alike.</summary>
    private static int Alike(ReadOnlySpan<ImmutableArray<Chord>> bars, int then, int now)
    {
        var count = 0;
        while (count < LongestContext && then - count > 0 && AreAlike(bars[then - count - 1], bars[now - count - 1]))
            count++;
        return count;
    }

    /// <summary>Roots tell bars apart: whether a melody touches the seventh differs from verse to verse.</summary>
    private static bool AreAlike(ImmutableArray<Chord> one, ImmutableArray<Chord> other) =>
        one[0].Root == other[0].Root && one[^1].Root == other[^1].Root;
}
