using System.Runtime.InteropServices;

namespace MidiMuse.Core.Originality;

/// <summary>
/// A long sequence in blocks, each with a <see cref="WaveletTree"/> of its own. The rows of an FM-index are sorted by what
/// follows, so neighbours are alike and a block needs fewer bits than the whole (Kärkkäinen, Puglisi, "Fixed block
/// compression boosting in FM-indexes", SPIRE 2011).
/// </summary>
internal sealed class BlockedSequence
{
    private const int BlockBits = 15;

    private const int BlockMask = (1 << BlockBits) - 1;

    private readonly int[][] _counts;        // [block][symbol]
    private readonly RankBits[] _bits;       // [block]
    private readonly WaveletTree[] _trees;   // [block]
    private readonly int[][] _before;        // [block, one more at the end][symbol] occurrences before the block

    private BlockedSequence(int symbols, int[][] counts, RankBits[] bits)
    {
        _counts = counts;
        _bits = bits;
        _trees = new WaveletTree[counts.Length];
        _before = new int[counts.Length + 1][];
        _before[0] = new int[symbols];
        for (var block = 0; block < counts.Length; block++)
        {
            _trees[block] = new WaveletTree(counts[block], bits[block]);
            _before[block + 1] = new int[symbols];
            for (var symbol = 0; symbol < symbols; symbol++)
                _before[block + 1][symbol] = _before[block][symbol] + counts[block][symbol];
            if (block + 1 < counts.Length && _before[block + 1].Sum() != (block + 1) << BlockBits)
                throw new InvalidDataException("A block of the sequence has not its length.");
        }
    }

    /// <summary>[symbol] occurrences in all.</summary>
    public ReadOnlySpan<int> Counts => _before[^1];

    public static BlockedSequence Encode(ReadOnlySpan<ushort> sequence, int symbols)
    {
        var blocks = (sequence.Length + BlockMask) >> BlockBits;
        var (counts, bits) = (new int[blocks][], new RankBits[blocks]);
        for (var block = 0; block < blocks; block++)
        {
            var part = sequence[(block << BlockBits)..Math.Min(sequence.Length, (block + 1) << BlockBits)];
            counts[block] = new int[symbols];
            foreach (var symbol in part)
                counts[block][symbol]++;
            bits[block] = WaveletTree.Encode(part, counts[block]);
        }
        return new BlockedSequence(symbols, counts, bits);
    }

    /// <summary>Occurrences of a symbol before a position, 0..the sequence's length.</summary>
    public int Rank(int symbol, int position)
    {
        var (block, rest) = (position >> BlockBits, position & BlockMask);
        var before = _before[block][symbol];
        return rest == 0 || !_trees[block].Contains(symbol) ? before : before + _trees[block].Rank(symbol, rest);
    }

    /// <summary>The symbol at a position, and its occurrences before it.</summary>
    public (int Symbol, int Rank) At(int position)
    {
        var block = position >> BlockBits;
        var (symbol, rank) = _trees[block].At(position & BlockMask);
        return (symbol, _before[block][symbol] + rank);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_counts.Length);
        for (var block = 0; block < _counts.Length; block++)
        {
            var last = 0;
            writer.Write7BitEncodedInt(_counts[block].Count(c => c > 0));
            for (var symbol = 0; symbol < _counts[block].Length; symbol++)
            {
                if (_counts[block][symbol] == 0)
                    continue;
                writer.Write7BitEncodedInt(symbol - last);
                writer.Write7BitEncodedInt(_counts[block][symbol]);
                last = symbol;
            }
            writer.Write(_bits[block].Bytes.Length / sizeof(ulong));
            writer.Write(_bits[block].Bytes);
        }
    }

    /// <exception cref="InvalidDataException">The blocks do not fit together.</exception>
    public static BlockedSequence Read(BinaryReader reader, int symbols)
    {
        var blocks = reader.ReadInt32();
        if (blocks is < 1 or > 1 << 12)
            throw new InvalidDataException("The sequence has no plausible length.");
        var (counts, bits) = (new int[blocks][], new RankBits[blocks]);
        for (var block = 0; block < blocks; block++)
        {
            counts[block] = ReadCounts(reader, symbols);
            var words = new ulong[WaveletTree.Words(counts[block])];
            if (reader.ReadInt32() != words.Length)
                throw new InvalidDataException("A block of the sequence has not its length.");
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(words.AsSpan()));
            bits[block] = new RankBits(words);
        }
        return new BlockedSequence(symbols, counts, bits);
    }

    private static int[] ReadCounts(BinaryReader reader, int symbols)
    {
        var counts = new int[symbols];
        long total = 0;
        var symbol = 0;
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            symbol += reader.Read7BitEncodedInt();
            counts[symbol] = reader.Read7BitEncodedInt();
            total += counts[symbol] > 0 ? counts[symbol] : long.MaxValue / 2;
            if (total > 1 << BlockBits)
                throw new InvalidDataException("A block of the sequence counts too much.");
        }
        return counts;
    }
}
