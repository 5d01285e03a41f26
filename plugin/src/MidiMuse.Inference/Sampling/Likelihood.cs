namespace MidiMuse.Inference.Sampling;

/// <summary>The model's own probabilities, before temperature and top-p, in nats.</summary>
internal static class Likelihood
{
    /// <summary>log P(class | one of the given classes); negative infinity where it is none of them.</summary>
    public static double LogProbability(ReadOnlySpan<float> logits, int index, in ClassMask given) =>
        given.Contains(index) ? logits[index] - LogSumExp(logits, given) : double.NegativeInfinity;

    /// <summary>log P(one of some classes | one of the given classes).</summary>
    public static double LogProbability(ReadOnlySpan<float> logits, in ClassMask some, in ClassMask given) =>
        LogSumExp(logits, some & given) - LogSumExp(logits, given);

    private static double LogSumExp(ReadOnlySpan<float> logits, in ClassMask classes)
    {
        var highest = double.NegativeInfinity;
        for (var i = 0; i < logits.Length; i++)
        {
            if (classes.Contains(i))
                highest = Math.Max(highest, logits[i]);
        }
        if (double.IsNegativeInfinity(highest))
            return highest;

        var sum = 0.0;
        for (var i = 0; i < logits.Length; i++)
        {
            if (classes.Contains(i))
                sum += Math.Exp(logits[i] - highest);
        }
        return highest + Math.Log(sum);
    }
}
