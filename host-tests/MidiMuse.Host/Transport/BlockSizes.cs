namespace MidiMuse.Host.Transport;

/// <summary>How many samples a host asks for in one call.</summary>
public abstract class BlockSizes
{
    /// <summary>The largest block that comes.</summary>
    public abstract int MaxSamples { get; }

    /// <summary>Samples of the next block; it may still be cut at a loop's end or a locate.</summary>
    public abstract int Take();

    public static BlockSizes Fixed(int samples) => new FixedSize(samples);

    /// <summary>1..<paramref name="maxSamples"/>, small and large ones equally often.</summary>
    public static BlockSizes Random(int seed, int maxSamples = 4096) => new RandomSizes(seed, maxSamples);

    private sealed class FixedSize : BlockSizes
    {
        public FixedSize(int samples)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
            MaxSamples = samples;
        }

        public override int MaxSamples { get; }

        public override int Take() => MaxSamples;
    }

    private sealed class RandomSizes : BlockSizes
    {
        private readonly Random _random;

        public RandomSizes(int seed, int maxSamples)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSamples);
            _random = new Random(seed);
            MaxSamples = maxSamples;
        }

        public override int MaxSamples { get; }

        public override int Take() => Math.Clamp((int)Math.Pow(MaxSamples + 1, _random.NextDouble()), 1, MaxSamples);
    }
}
