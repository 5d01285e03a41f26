using MidiMuse.Inference.Models;
using MidiMuse.Models.Commands;
using MidiMuse.Models.Onnx;

namespace MidiMuse.Models.Tests.Onnx;

public class TransformerGraphsTests
{
    private static readonly string Weights = Path.Combine(Folders.Data, "tiny-transformer", "transformer.safetensors");

    /// <summary>Oracle: PyTorch, golden.json; the command itself compares and returns 1 where anything differs.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("--int8")]
    public void Graphs_built_from_weights_answer_like_PyTorch(string variant)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, BuildOnnxCommand.Create().Parse($"--weights {Weights} --out {folder.Path} {variant}").Invoke());
    }

    /// <summary>Eight bits are not exact: otherwise the variant would not be one.</summary>
    [Fact]
    public void Eight_bits_move_the_logits_a_little()
    {
        using var folder = new TemporaryFolder();
        BuildOnnxCommand.Create().Parse($"--weights {Weights} --out {folder.Path} --int8").Invoke();
        using var model = SharedModel.Acquire(folder.Path);
        var difference = GoldenFile.Read<EventGolden>(folder.Path).Differences(model)["time_logits"];
        Assert.InRange(difference, 1e-5, BuildOnnxCommand.QuantisedTolerance);
    }

    [Fact]
    public void A_wrong_weight_is_noticed_by_the_golden_file()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Weights);
        bytes[^2] ^= 0x40; // exponent of the last velocity bias
        var damaged = Path.Combine(folder.Path, "transformer.safetensors");
        File.WriteAllBytes(damaged, bytes);
        File.Copy(Path.Combine(Path.GetDirectoryName(Weights)!, "golden.json"), Path.Combine(folder.Path, "golden.json"));
        Assert.Equal(1, BuildOnnxCommand.Create().Parse($"--weights {damaged} --out {Path.Combine(folder.Path, "onnx")}").Invoke());
    }
}
