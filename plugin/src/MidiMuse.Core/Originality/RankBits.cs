using System.Numerics;
using System.Runtime.InteropServices;

namespace MidiMuse.Core.Originality;

/// <summary>Bits that can be counted up to any place in constant time: a count for every 512 bits, the rest by popcount.</summary>
internal sealed class RankBits
{
    private const int WordsOfBlock = 8;

    private readonly ulong[] _words;
    private readonly int[] _onesBefore; // [blocks]

    public RankBits(ulong[] words)
    {
        _words = words;
        _onesBefore = new int[(words.Length / WordsOfBlock) + 1];
        var ones = 0;
        for (var i = 0; i < words.Length; i++)
        {
            if (i % WordsOfBlock == 0)
                _onesBefore[i / WordsOfBlock] = ones;
            ones += BitOperations.PopCount(words[i]);
        }
        if (words.Length % WordsOfBlock == 0)
            _onesBefore[^1] = ones;
    }

    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(_words.AsSpan());

    public bool this[int position] => (_words[position >> 6] >> (position & 63) & 1) != 0;

    /// <summary>Ones before a position, 0..the number of bits.</summary>
    public int Ones(int position)
    {
        var word = position >> 6;
        var ones = _onesBefore[word / WordsOfBlock];
        for (var i = word / WordsOfBlock * WordsOfBlock; i < word; i++)
            ones += BitOperations.PopCount(_words[i]);
        var rest = position & 63;
        return rest == 0 ? ones : ones + BitOperations.PopCount(_words[word] & ((1UL << rest) - 1));
    }
}
