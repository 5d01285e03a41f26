using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Tests.Support;
using MidiMuse.Inference.Transformer;

namespace MidiMuse.Inference.Tests.Models;

public sealed class QuantisedArithmeticTests
{
    private const int Seed = 40;

    /// <summary>Oracle: the same product in plain loops, with the rounding written out. Sizes that fill no register, too.</summary>
    [Theory]
    [InlineData(192, 576)]
    [InlineData(768, 192)]
    [InlineData(1280, 192)]
    [InlineData(16, 130)]
    [InlineData(8, 1)]
    [InlineData(24, 33)]
    public void A_product_is_the_same_to_the_bit_by_every_way_of_computing_it(int inputs, int outputs)
    {
        var random = new Random(Seed);
        var weight = Draw(random, inputs * outputs);
        weight.AsSpan(0, inputs * outputs / 7).Clear();
        var x = Draw(random, inputs);
        x[inputs / 2] = 40; // an outlier, as activations have
        for (var i = 0; i < inputs / 2; i++)
            x[i] = Math.Max(0, x[i] - 0.5f); // mostly zero, as after a ReLU
        var matrix = new QuantisedMatrix(weight, inputs, outputs);
        var codes = new QuantisedVector(inputs);
        codes.Set(x);
        var (fast, portable) = (new float[outputs], new float[outputs]);
        matrix.Multiply(codes, fast);
        matrix.MultiplyPortably(codes, portable);

        var expected = PlainProduct(weight, x, outputs);
        Assert.Equal(expected, fast);
        Assert.Equal(expected, portable);
    }

    /// <summary>Oracle: the product in double precision. 8 bits of a row's largest weight, 15 bits of the largest value.</summary>
    [Fact]
    public void A_product_is_near_the_exact_one()
    {
        var random = new Random(Seed);
        var (inputs, outputs) = (192, 64);
        var (weight, x, y) = (Draw(random, inputs * outputs), Draw(random, inputs), new float[outputs]);
        var codes = new QuantisedVector(inputs);
        codes.Set(x);
        new QuantisedMatrix(weight, inputs, outputs).Multiply(codes, y);
        for (var output = 0; output < outputs; output++)
        {
            var exact = Enumerable.Range(0, inputs).Sum(i => (double)weight[(i * outputs) + output] * x[i]);
            Assert.Equal(exact, y[output], 0.1); // sums of 192 products of about 1/2
        }
    }

    /// <summary>
    /// Every weight and every value is the largest there is, so that sums come as near to 32 bits as they can. Oracle: the
    /// number of inputs.
    /// </summary>
    [Theory]
    [InlineData(128)]
    [InlineData(192)]
    [InlineData(1280)]
    [InlineData(4096)]
    public void The_largest_sums_do_not_run_over(int inputs)
    {
        var outputs = 64;
        var weight = Enumerable.Range(0, inputs * outputs).Select(i => i % outputs % 3 == 0 ? -1f : 1f).ToArray();
        foreach (var sign in (float[])[1, -1])
        {
            var codes = new QuantisedVector(inputs);
            codes.Set(Enumerable.Repeat(sign, inputs).ToArray());
            var (fast, portable) = (new float[outputs], new float[outputs]);
            var matrix = new QuantisedMatrix(weight, inputs, outputs);
            matrix.Multiply(codes, fast);
            matrix.MultiplyPortably(codes, portable);
            for (var output = 0; output < outputs; output++)
                Assert.Equal(sign * weight[output] * inputs, fast[output], inputs * 1e-6);
            Assert.Equal(fast, portable);
        }
    }

    /// <summary>Oracle: the same product with a vector that was never used before.</summary>
    [Fact]
    public void What_a_longer_vector_left_behind_is_not_heard()
    {
        var random = new Random(Seed);
        var (weight, x) = (Draw(random, 24 * 33), Draw(random, 24));
        var (used, unused) = (new QuantisedVector(64), new QuantisedVector(64));
        used.Set(Draw(random, 64));
        used.Set(x);
        unused.Set(x);
        var matrix = new QuantisedMatrix(weight, 24, 33);
        var (afterUse, expected) = (new float[33], new float[33]);
        matrix.Multiply(used, afterUse);
        matrix.Multiply(unused, expected);
        Assert.Equal(expected, afterUse);
        Assert.Equal(12, used.Places.Length);
    }

    [Fact]
    public void A_vector_of_zeros_gives_zeros()
    {
        var codes = new QuantisedVector(16);
        codes.Set(new float[16]);
        var y = new float[8];
        new QuantisedMatrix(Draw(new Random(Seed), 16 * 8), 16, 8).Multiply(codes, y);
        Assert.All(y, value => Assert.Equal(0, value));
    }

    /// <summary>Oracle: Math.Exp.</summary>
    [Fact]
    public void The_exponential_is_off_by_less_than_two_millionths_of_itself()
    {
        for (var x = 0f; x > -79; x -= 0.0137f)
            Assert.InRange(FixedOrder.Exp(Vector256.Create(x)).GetElement(3) / Math.Exp(x), 1 - 4e-7, 1 + 4e-7);
        Assert.Equal(Vector256<float>.Zero, FixedOrder.Exp(Vector256.Create(float.NegativeInfinity)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(64)]
    public void Shares_add_up_to_one_and_what_is_beyond_the_count_has_none(int count)
    {
        var scores = Draw(new Random(Seed), 64);
        var expected = scores.Take(count).Select(s => Math.Exp(s)).ToArray();
        FixedOrder.Softmax(scores, count);
        Assert.Equal(1, scores.Sum(), 1e-5f);
        Assert.All(scores[count..], share => Assert.Equal(0, share));
        for (var i = 0; i < count; i++)
            Assert.Equal(expected[i] / expected.Sum(), scores[i], 1e-6);
    }

    /// <summary>
    /// The promise of the same answer on every machine. The number belongs to the tiny Transformer's weights in Data; seed
    /// 41. It came out with AVX2, without AVX2, without AVX and without any instructions of the processor's own
    /// (DOTNET_EnableAVX2=0, DOTNET_EnableAVX=0, DOTNET_EnableHWIntrinsic=0).
    /// </summary>
    [Fact]
    public void Every_machine_computes_these_very_bits()
    {
        using var model = SharedModel.Acquire(RepositoryFolders.TinyTransformer);
        using var session = model.CreateSession();
        session.Reset(SmallModel.Context);
        session.Prefill(SmallModel.Phrase(300, 41));
        var bits = MemoryMarshal.AsBytes<float>(SmallModel.AllLogits(session));
        Assert.Equal("deac2f2e3b622745", Convert.ToHexStringLower(SHA256.HashData(bits))[..16]);
    }

    /// <summary>A file that is cut off anywhere, with a description that says it is whole.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(-1)]
    [InlineData(-40000)]
    public void A_graph_s_file_without_all_weights_is_refused_with_a_reason(int length)
    {
        var folder = Directory.CreateTempSubdirectory("midimuse-");
        try
        {
            foreach (var file in Directory.GetFiles(RepositoryFolders.TinyTransformer))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            var path = Path.Combine(folder.FullName, "backbone.onnx");
            var whole = File.ReadAllBytes(path);
            var cut = whole[..(length < 0 ? whole.Length + length : length)];
            File.WriteAllBytes(path, cut);
            var description = Path.Combine(folder.FullName, ModelFolder.DescriptionFile);
            File.WriteAllText(description, File.ReadAllText(description).Replace(Hash(whole), Hash(cut), StringComparison.Ordinal));
            var exception = Assert.Throws<ModelException>(() => SharedModel.Acquire(folder.FullName));
            Assert.Contains("backbone.onnx", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];

    private static float[] PlainProduct(float[] weight, float[] x, int outputs)
    {
        var inputs = x.Length;
        var limit = Math.Min(16383, int.MaxValue / (127 * inputs));
        var largest = x.Max(Math.Abs);
        var codes = x.Select(v => (int)MathF.Round(v * (limit / largest))).ToArray();
        var y = new float[outputs];
        for (var output = 0; output < outputs; output++)
        {
            var column = Enumerable.Range(0, inputs).Select(i => weight[(i * outputs) + output]).ToArray();
            var scale = column.Max(Math.Abs) / 127;
            var sum = Enumerable.Range(0, inputs).Sum(i => scale > 0 ? (long)MathF.Round(column[i] / scale) * codes[i] : 0);
            y[output] = sum * (scale * (largest / limit));
        }
        return y;
    }
}
