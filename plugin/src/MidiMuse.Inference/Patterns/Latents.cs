using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Patterns;

/// <summary>Movements in a latent space. Spans are flat.</summary>
public static class Latents
{
    /// <summary>
    /// Spherical interpolation with the length interpolated linearly (Shoemake, Animating Rotation with Quaternion Curves,
    /// SIGGRAPH 1985; for latents White, Sampling Generative Networks, 2016): in many dimensions points of a straight line
    /// are shorter than anything the decoder has met.
    /// </summary>
    /// <param name="position">0 gives the first, 1 the second.</param>
    public static void Slerp(ReadOnlySpan<float> from, ReadOnlySpan<float> to, double position, Span<float> result)
    {
        double fromSquares = 0, toSquares = 0, product = 0;
        for (var i = 0; i < from.Length; i++)
        {
            fromSquares += (double)from[i] * from[i];
            toSquares += (double)to[i] * to[i];
            product += (double)from[i] * to[i];
        }
        var (fromLength, toLength) = (Math.Sqrt(fromSquares), Math.Sqrt(toSquares));
        var (fromWeight, toWeight) = (1 - position, position);
        var angle = fromLength > 0 && toLength > 0 ? Math.Acos(Math.Clamp(product / (fromLength * toLength), -1, 1)) : 0;
        // Nearly parallel or opposite vectors have no arc to speak of: the straight line.
        if (Math.Sin(angle) > 1e-6)
        {
            var length = fromLength + ((toLength - fromLength) * position);
            fromWeight = Math.Sin((1 - position) * angle) / Math.Sin(angle) * length / fromLength;
            toWeight = Math.Sin(position * angle) / Math.Sin(angle) * length / toLength;
        }
        for (var i = 0; i < from.Length; i++)
            result[i] = (float)((fromWeight * from[i]) + (toWeight * to[i]));
    }

    /// <summary>Standard normal numbers (Box and Muller, Annals of Mathematical Statistics 29, 1958).</summary>
    public static void DrawNormal(Span<float> values, ref Xoshiro256 random)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var angle = 2 * Math.PI * random.NextDouble();
            values[i] = (float)(radius * Math.Cos(angle));
            if (i + 1 < values.Length)
                values[i + 1] = (float)(radius * Math.Sin(angle));
        }
    }
}
