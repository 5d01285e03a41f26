namespace MidiMuse.Core.Originality;

/// <summary>
/// A sequence stored in about as many bits as its entropy, in which the occurrences of a symbol up to any place are
/// counted in as many steps as its Huffman code has bits (Grossi, Gupta, Vitter, SODA 2003; the Huffman shape after
/// Ferragina, Manzini, Mäkinen, Navarro, ACM Transactions on Algorithms 3, 2007).
/// </summary>
internal sealed class WaveletTree
{
    private readonly RankBits _bits;
    private readonly Node[] _nodes;
    private readonly uint[] _codes;      // [symbol] bits from the root, the first one lowest
    private readonly byte[] _codeLengths; // [symbol] 0: does not occur

    /// <param name="counts">[symbol] how often each symbol occurs; at least one does.</param>
    /// <param name="bits">The bits of all nodes, as <see cref="Encode"/> made them.</param>
    public WaveletTree(ReadOnlySpan<int> counts, RankBits bits)
    {
        _bits = bits;
        _codes = new uint[counts.Length];
        _codeLengths = new byte[counts.Length];
        _nodes = Shape(counts);
        AssignCodes(0, 0, 0);
        for (var i = 0; i < _nodes.Length; i++)
            _nodes[i].OnesBefore = bits.Ones(_nodes[i].Start);
    }

    /// <summary>Length of the bits of all nodes in words of 64.</summary>
    public static int Words(ReadOnlySpan<int> counts) => (int)((Shape(counts).Sum(n => (long)n.Length) + 63) / 64);

    /// <summary>The bits of a sequence.</summary>
    public static RankBits Encode(ReadOnlySpan<ushort> sequence, ReadOnlySpan<int> counts)
    {
        var words = new ulong[Words(counts)];
        var tree = new WaveletTree(counts, new RankBits(words));
        var written = new int[tree._nodes.Length];
        foreach (var symbol in sequence)
        {
            var node = 0;
            var code = tree._codes[symbol];
            for (var depth = 0; depth < tree._codeLengths[symbol]; depth++, code >>= 1)
            {
                var position = tree._nodes[node].Start + written[node]++;
                if ((code & 1) != 0)
                    words[position >> 6] |= 1UL << (position & 63);
                node = (code & 1) != 0 ? tree._nodes[node].One : tree._nodes[node].Zero;
            }
        }
        return new RankBits(words);
    }

    public bool Contains(int symbol) => _codeLengths[symbol] > 0;

    /// <summary>Occurrences of a symbol before a position.</summary>
    public int Rank(int symbol, int position)
    {
        var code = _codes[symbol];
        var node = 0;
        for (var depth = _codeLengths[symbol]; depth > 0; depth--, code >>= 1)
        {
            ref readonly var n = ref _nodes[node];
            var ones = _bits.Ones(n.Start + position) - n.OnesBefore;
            (position, node) = (code & 1) != 0 ? (ones, n.One) : (position - ones, n.Zero);
        }
        return position;
    }

    /// <summary>The symbol at a position, and its occurrences before it.</summary>
    public (int Symbol, int Rank) At(int position)
    {
        var node = 0;
        while (node >= 0)
        {
            ref readonly var n = ref _nodes[node];
            var ones = _bits.Ones(n.Start + position) - n.OnesBefore;
            (position, node) = _bits[n.Start + position] ? (ones, n.One) : (position - ones, n.Zero);
        }
        return (~node, position);
    }

    /// <summary>The inner nodes, root first; a child below 0 is the complement of a symbol.</summary>
    private static Node[] Shape(ReadOnlySpan<int> counts)
    {
        var queue = new PriorityQueue<int, (int Count, int Order)>();
        var order = 0;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] > 0)
                queue.Enqueue(~symbol, (counts[symbol], order++));
        }
        var made = new List<Node>();
        while (queue.TryDequeue(out var zero, out var zeroPriority) && queue.TryDequeue(out var one, out var onePriority))
        {
            var count = zeroPriority.Count + onePriority.Count;
            made.Add(new Node { Zero = zero, One = one, Length = count });
            queue.Enqueue(made.Count - 1, (count, order++));
        }
        if (made.Count == 0 && counts.IndexOfAnyExcept(0) is >= 0 and var only)
            made.Add(new Node { Zero = ~only, One = ~only, Length = counts[only] });
        return made.Count > 0 ? RootFirst(made) : throw new InvalidDataException("A sequence without symbols.");
    }

    private static Node[] RootFirst(List<Node> made)
    {
        var nodes = new Node[made.Count];
        var start = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = made[made.Count - 1 - i];
            node.Zero = Reversed(node.Zero, made.Count);
            node.One = Reversed(node.One, made.Count);
            node.Start = start;
            start += node.Length;
            nodes[i] = node;
        }
        return nodes;
    }

    private static int Reversed(int child, int count) => child < 0 ? child : count - 1 - child;

    private void AssignCodes(int node, uint code, int depth)
    {
        if (node < 0)
        {
            _codes[~node] = code;
            _codeLengths[~node] = (byte)depth;
            return;
        }
        if (depth == 32)
            throw new InvalidDataException("The index's element counts need codes longer than 32 bits.");
        AssignCodes(_nodes[node].Zero, code, depth + 1);
        AssignCodes(_nodes[node].One, code | (1u << depth), depth + 1);
    }

    private struct Node
    {
        public int Zero;
        public int One;
        public int Length;
        public int Start;
        public int OnesBefore;
    }
}
