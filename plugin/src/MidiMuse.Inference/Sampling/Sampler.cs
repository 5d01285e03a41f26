namespace MidiMuse.Inference.Sampling;

/// <summary>What a draw came to.</summary>
public enum DrawStatus
{
    /// <summary>A class was drawn.</summary>
    Drawn,

    /// <summary>Every allowed class had no probability at all; the allowed one nearest to the likeliest was taken.</summary>
    Forced,

    /// <summary>Nothing is allowed.</summary>
    NothingAllowed,

    /// <summary>A logit is NaN or positive infinity, or every logit is negative infinity.</summary>
    BadLogits,
}

/// <param name="Status">Only Drawn and Forced come with a class.</param>
/// <param name="Class">-1 where none was drawn.</param>
public readonly record struct Draw(DrawStatus Status, int Class)
{
    public bool Succeeded => Status is DrawStatus.Drawn or DrawStatus.Forced;
}

/// <summary>
/// Draws one class from logits. The order is mask, temperature, top-p; plugin/docs/decisions/sampler-order.md says
/// why. [engine] One per thread: it has scratch memory, so that a draw allocates nothing.
/// </summary>
public sealed class Sampler
{
    private readonly double[] _weights = new double[ClassMask.Capacity];

    /// <param name="logits">At most <see cref="ClassMask.Capacity"/> classes. // [classes] f32</param>
    /// <param name="allowed">The classes that may be drawn; those beyond the logits are ignored.</param>
    /// <param name="random">Moves on by one number at most.</param>
    public Draw Draw(ReadOnlySpan<float> logits, in ClassMask allowed, DrawSettings settings, ref Xoshiro256 random)
    {
        if (!TryFindLikeliest(logits, out var likeliest))
            return new Draw(DrawStatus.BadLogits, -1);
        var best = LikeliestAllowed(logits, allowed);
        if (best < 0)
            return Force(logits.Length, allowed, likeliest);
        if (!(settings.Temperature > 0))
            return new Draw(DrawStatus.Drawn, best);

        var weights = _weights.AsSpan(0, logits.Length);
        var sum = Weigh(logits, allowed, logits[best], settings.Temperature, weights);
        if (settings.TopP < 1)
            sum = KeepNucleus(weights, Math.Max(0, settings.TopP) * sum);
        return new Draw(DrawStatus.Drawn, Pick(weights, random.NextDouble() * sum));
    }

    /// <summary>False where a logit is NaN or positive infinity, or none is finite.</summary>
    private static bool TryFindLikeliest(ReadOnlySpan<float> logits, out int likeliest)
    {
        likeliest = -1;
        var highest = float.NegativeInfinity;
        for (var i = 0; i < logits.Length; i++)
        {
            if (float.IsNaN(logits[i]) || float.IsPositiveInfinity(logits[i]))
                return false;
            if (logits[i] <= highest)
                continue;
            highest = logits[i];
            likeliest = i;
        }
        return likeliest >= 0;
    }

    private static int LikeliestAllowed(ReadOnlySpan<float> logits, in ClassMask allowed)
    {
        var best = -1;
        var highest = float.NegativeInfinity;
        for (var i = 0; i < logits.Length; i++)
        {
            if (logits[i] <= highest || !allowed.Contains(i))
                continue;
            highest = logits[i];
            best = i;
        }
        return best;
    }

    private static Draw Force(int classes, in ClassMask allowed, int likeliest)
    {
        var nearest = (allowed & ClassMask.All(classes)).Nearest(likeliest);
        return nearest < 0 ? new Draw(DrawStatus.NothingAllowed, -1) : new Draw(DrawStatus.Forced, nearest);
    }

    /// <summary>
    /// Weight exp((logit - highest) / temperature): the likeliest allowed class weighs 1, so the sum can neither
    /// overflow nor vanish, whatever the logits and however low the temperature.
    /// </summary>
    private static double Weigh(ReadOnlySpan<float> logits, in ClassMask allowed, double highest, double temperature, Span<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < logits.Length; i++)
        {
            var isPossible = allowed.Contains(i) && !float.IsNegativeInfinity(logits[i]);
            weights[i] = isPossible ? Math.Exp((logits[i] - highest) / temperature) : 0;
            sum += weights[i];
        }
        return sum;
    }

    /// <summary>
    /// Zeroes every weight outside the smallest set of heaviest classes that reaches the target; of equal weights
    /// the lower class comes first. Nucleus sampling: Holtzman et al., The Curious Case of Neural Text Degeneration,
    /// ICLR 2020. Nuclei are small, so repeated selection beats sorting.
    /// </summary>
    /// <returns>Sum of what is kept, at least the heaviest weight.</returns>
    private static double KeepNucleus(Span<double> weights, double target)
    {
        var kept = default(ClassMask);
        var sum = 0.0;
        do
        {
            var heaviest = Heaviest(weights, kept);
            if (heaviest < 0)
                break;
            kept.Add(heaviest);
            sum += weights[heaviest];
        }
        while (sum < target);

        for (var i = 0; i < weights.Length; i++)
        {
            if (!kept.Contains(i))
                weights[i] = 0;
        }
        return sum;
    }

    private static int Heaviest(ReadOnlySpan<double> weights, in ClassMask except)
    {
        var heaviest = -1;
        var weight = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= weight || except.Contains(i))
                continue;
            weight = weights[i];
            heaviest = i;
        }
        return heaviest;
    }

    /// <summary>The class into whose share of the sum the point falls; the last one with a weight where rounding leaves a rest.</summary>
    private static int Pick(ReadOnlySpan<double> weights, double point)
    {
        var picked = -1;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
                continue;
            picked = i;
            point -= weights[i];
            if (point < 0)
                break;
        }
        return picked;
    }
}
