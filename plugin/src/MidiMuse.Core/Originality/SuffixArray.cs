namespace MidiMuse.Core.Originality;

/// <summary>
/// Sorts the suffixes of a text by doubling the length that is compared (Manber, Myers, SIAM Journal on Computing 22,
/// 1993), each round with two counting passes.
/// </summary>
internal static class SuffixArray
{
    /// <returns>Start of each suffix in their order; a suffix that ends is smaller than one that goes on.</returns>
    public static int[] Build(ReadOnlySpan<ushort> text, int symbols)
    {
        var length = text.Length;
        var order = new int[length];
        var rank = new int[length];
        var nextRank = new int[length];
        var bySecond = new int[length];
        var starts = new int[Math.Max(symbols, length) + 1];
        for (var i = 0; i < length; i++)
        {
            rank[i] = text[i];
            bySecond[i] = i;
        }
        CountingSort(bySecond, rank, symbols, starts, order);
        for (var step = 1; ; step *= 2)
        {
            var ranks = Rerank(order, rank, step / 2, nextRank);
            (rank, nextRank) = (nextRank, rank);
            if (ranks == length || length == 0)
                return order;
            var written = 0;
            for (var i = length - step; i < length; i++)
            {
                if (i >= 0)
                    bySecond[written++] = i;
            }
            foreach (var suffix in order)
            {
                if (suffix >= step)
                    bySecond[written++] = suffix - step;
            }
            CountingSort(bySecond, rank, ranks, starts, order);
        }
    }

    private static void CountingSort(int[] items, int[] keys, int keyCount, int[] starts, int[] sorted)
    {
        Array.Clear(starts, 0, keyCount + 1);
        foreach (var item in items)
            starts[keys[item] + 1]++;
        for (var i = 0; i < keyCount; i++)
            starts[i + 1] += starts[i];
        foreach (var item in items)
            sorted[starts[keys[item]]++] = item;
    }

    /// <summary>Numbers suffixes that agree in their first 2 * step elements alike (in the first one where step is 0).</summary>
    private static int Rerank(int[] order, int[] rank, int step, int[] nextRank)
    {
        var number = -1;
        for (var i = 0; i < order.Length; i++)
        {
            if (i == 0 || !AreAlike(order[i - 1], order[i], rank, step))
                number++;
            nextRank[order[i]] = number;
        }
        return number + 1;
    }

    private static bool AreAlike(int a, int b, int[] rank, int step)
    {
        if (rank[a] != rank[b])
            return false;
        var (secondA, secondB) = (a + step < rank.Length ? rank[a + step] : -1, b + step < rank.Length ? rank[b + step] : -1);
        return secondA == secondB;
    }
}
