using System.Numerics;
using System.Runtime.CompilerServices;

namespace MidiMuse.Inference.Sampling;

/// <summary>A set of classes, at most <see cref="Capacity"/>: which ones may be drawn.</summary>
public struct ClassMask
{
    /// <summary>Enough for the largest target, the 130 time shifts.</summary>
    public const int Capacity = Words * 64;

    private const int Words = 3;

    private Bits _bits;

    public readonly bool IsEmpty => (_bits[0] | _bits[1] | _bits[2]) == 0;

    public readonly int Count => BitOperations.PopCount(_bits[0]) + BitOperations.PopCount(_bits[1]) + BitOperations.PopCount(_bits[2]);

    /// <summary>The classes 0..count-1.</summary>
    public static ClassMask All(int count) => Range(0, count - 1);

    /// <summary>The classes first..last, both included; empty where last is before first.</summary>
    public static ClassMask Range(int first, int last)
    {
        var mask = default(ClassMask);
        for (var i = first; i <= last; i++)
            mask.Add(i);
        return mask;
    }

    public static ClassMask operator &(ClassMask left, ClassMask right) => BitwiseAnd(left, right);

    public static ClassMask BitwiseAnd(ClassMask left, ClassMask right)
    {
        for (var word = 0; word < Words; word++)
            left._bits[word] &= right._bits[word];
        return left;
    }

    /// <summary>The classes that are not in the other set.</summary>
    public readonly ClassMask Without(in ClassMask other)
    {
        var rest = this;
        for (var word = 0; word < Words; word++)
            rest._bits[word] &= ~other._bits[word];
        return rest;
    }

    public readonly bool Contains(int index) => (_bits[index >> 6] & (1UL << (index & 63))) != 0;

    public void Add(int index) => _bits[index >> 6] |= 1UL << (index & 63);

    public void Remove(int index) => _bits[index >> 6] &= ~(1UL << (index & 63));

    /// <summary>The class of the set that is nearest to another one, the lower of two; -1 where the set is empty.</summary>
    public readonly int Nearest(int index)
    {
        for (var distance = 0; distance < Capacity; distance++)
        {
            if (index - distance >= 0 && Contains(index - distance))
                return index - distance;
            if (index + distance < Capacity && Contains(index + distance))
                return index + distance;
        }
        return -1;
    }

    [InlineArray(Words)]
    private struct Bits
    {
        private ulong _first;
    }
}
