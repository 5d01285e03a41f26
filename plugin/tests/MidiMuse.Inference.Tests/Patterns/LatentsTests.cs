using MidiMuse.Inference.Patterns;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Tests.Patterns;

public class LatentsTests
{
    /// <summary>Random vectors, seeds 0..49.</summary>
    [Fact]
    public void A_path_begins_and_ends_at_its_ends_and_keeps_their_length()
    {
        for (var seed = 0UL; seed < 50; seed++)
        {
            var (from, to) = Draw(seed);
            var point = new float[from.Length];
            Latents.Slerp(from, to, 0, point);
            AssertClose(from, point);
            Latents.Slerp(from, to, 1, point);
            AssertClose(to, point);
            for (var position = 0.0; position <= 1; position += 0.125)
            {
                Latents.Slerp(from, to, position, point);
                Assert.Equal(Length(from) + ((Length(to) - Length(from)) * position), Length(point), 3);
            }
        }
    }

    [Fact]
    public void Steps_along_a_path_are_equal_angles()
    {
        var (from, to) = Draw(7);
        var points = Enumerable.Range(0, 9).Select(i =>
        {
            var point = new float[from.Length];
            Latents.Slerp(from, to, i / 8.0, point);
            return point;
        }).ToArray();
        var angles = points.Zip(points.Skip(1), Angle).ToArray();
        Assert.All(angles, angle => Assert.Equal(angles[0], angle, 3));
    }

    [Fact]
    public void Parallel_and_empty_vectors_are_no_hole()
    {
        var point = new float[2];
        Latents.Slerp([1, 2], [2, 4], 0.5, point);
        AssertClose([1.5f, 3], point);
        Latents.Slerp([0, 0], [2, 4], 0.5, point);
        AssertClose([1, 2], point);
    }

    private static (float[] From, float[] To) Draw(ulong seed)
    {
        var random = new Xoshiro256(seed);
        var (from, to) = (new float[64], new float[64]);
        Latents.DrawNormal(from, ref random);
        Latents.DrawNormal(to, ref random);
        return (from, to);
    }

    private static double Length(float[] values) => Math.Sqrt(values.Sum(v => (double)v * v));

    private static double Angle(float[] a, float[] b) => Math.Acos(a.Zip(b, (x, y) => (double)x * y).Sum() / (Length(a) * Length(b)));

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4);
    }
}
