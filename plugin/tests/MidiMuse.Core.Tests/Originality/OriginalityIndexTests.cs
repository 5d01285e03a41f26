using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;

namespace MidiMuse.Core.Tests.Originality;

public class OriginalityIndexTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(5, 40)]
    public void Suffixes_are_sorted_as_an_ordinary_comparison_sorts_them(int seed, int symbols)
    {
        var random = new Random(seed);
        var text = Enumerable.Range(0, 300).Select(_ => (ushort)random.Next(symbols)).ToArray();
        text.AsSpan(100, 80).CopyTo(text.AsSpan(200));
        var oracle = Enumerable.Range(0, text.Length).ToArray();
        Array.Sort(oracle, (a, b) => text.AsSpan(a).SequenceCompareTo(text.AsSpan(b)));
        Assert.Equal(oracle, SuffixArray.Build(text, symbols));
    }

    [Theory]
    [InlineData(1, 2, 50)]
    [InlineData(2, 7, 5000)]
    [InlineData(3, 100, 3000)]
    public void Occurrences_in_the_tree_are_those_that_counting_finds(int seed, int symbols, int length)
    {
        var random = new Random(seed);
        var sequence = Enumerable.Range(0, length).Select(_ => (ushort)Math.Min(random.Next(symbols), random.Next(symbols))).ToArray();
        var counts = new int[symbols + 1];
        foreach (var symbol in sequence)
            counts[symbol]++;
        var tree = new WaveletTree(counts, WaveletTree.Encode(sequence, counts));
        for (var i = 0; i < 200; i++)
        {
            var position = random.Next(length + 1);
            var symbol = sequence[random.Next(length)];
            Assert.Equal(sequence.AsSpan(0, position).Count(symbol), tree.Rank(symbol, position));
        }
        for (var position = 0; position < length; position++)
            Assert.Equal(sequence[position], tree.At(position).Symbol);
        Assert.False(tree.Contains(symbols));
    }

    [Fact]
    public void The_longest_run_is_the_one_that_a_plain_search_finds()
    {
        var lines = Enumerable.Range(1, 12).Select(seed => Tunes.Random(seed, notes: 120)).ToArray();
        var index = Tunes.Index(lines);
        var texts = lines.Select(Elements).ToArray();
        var random = new Random(5);
        for (var draw = 0; draw < 300; draw++)
        {
            // Half of a tune, half of another: the run that ends at the end reaches back to the seam at least.
            var query = Elements(Tunes.Random(random.Next(1, 20), 40))[..random.Next(0, 20)];
            query = [.. query, .. texts[random.Next(12)].AsSpan(random.Next(60), random.Next(1, 30))];
            var (length, row) = index.LongestRunAtEnd(query);
            Assert.Equal(LongestRunByPlainSearch(texts, query), length);
            Assert.True(texts[index.PieceOf(row)].AsSpan().IndexOf(query.AsSpan(query.Length - length)) >= 0, "The piece that is named does not contain the run.");
        }
    }

    [Fact]
    public void A_passage_that_was_stored_already_is_stored_once_and_still_found()
    {
        var tune = Tunes.Random(1, 200);
        GridNote[] longer = [.. tune, .. Tunes.Random(2, 100).Select(n => n with { OnsetTick = n.OnsetTick + tune[^1].EndTick })];
        var (once, both) = (Tunes.Index(tune), Tunes.Index(tune, longer));
        Assert.InRange(both.Rows, once.Rows, once.Rows + 160);
        var elements = Elements(longer);
        const int Longest = OriginalityIndexBuilder.RepeatedElements;
        for (var i = 0; i + Longest <= elements.Length; i++)
            Assert.Equal(Longest, both.LongestRunAtEnd(elements.AsSpan(i, Longest)).Length);
    }

    [Fact]
    public void A_saved_index_answers_as_before()
    {
        var index = Tunes.Index(Tunes.Random(1, 100), Tunes.Random(2, 100));
        using var file = new MemoryStream();
        index.Save(file);
        file.Position = 0;
        var loaded = OriginalityIndex.Load(file);
        var query = Elements(Tunes.Random(2, 100)).AsSpan(10, 30);
        var (length, row) = loaded.LongestRunAtEnd(query);
        Assert.Equal((30, "Tune 1"), (length, loaded.TitleOf(loaded.PieceOf(row))));
    }

    [Fact]
    public void A_cut_or_foreign_file_is_refused()
    {
        using var file = new MemoryStream();
        Tunes.Index(Tunes.Random(1, 100)).Save(file);
        var bytes = file.ToArray();
        foreach (var length in (int[])[0, 3, 7, 100, bytes.Length / 2, bytes.Length - 1])
            Assert.Throws<InvalidDataException>(() => OriginalityIndex.Load(new MemoryStream(bytes, 0, length)));
        Assert.Throws<InvalidDataException>(() => OriginalityIndex.Load(new MemoryStream("MThd file of another kind"u8.ToArray())));
    }

    private static ushort[] Elements(GridNote[] line)
    {
        var elements = new ushort[line.Length];
        return elements[..MusicalLine.Elements(line, elements)];
    }

    private static int LongestRunByPlainSearch(ushort[][] texts, ushort[] query)
    {
        for (var length = query.Length; length > 0; length--)
        {
            if (texts.Any(t => t.AsSpan().IndexOf(query.AsSpan(query.Length - length)) >= 0))
                return length;
        }
        return 0;
    }
}
