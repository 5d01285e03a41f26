using MidiMuse.Models.Commands;

namespace MidiMuse.Models.Tests.Onnx;

public class TransformerGraphsTests
{
    private static readonly string Weights = Path.Combine(Folders.Data, "tiny-transformer", "transformer.safetensors");

    /// <summary>Oracle: PyTorch, golden.json; the command itself compares, in 32 bits and in 8, and returns 1 where anything differs.</summary>
    [Fact]
    public void Graphs_built_from_weights_answer_like_PyTorch()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, BuildOnnxCommand.Create().Parse($"--weights {Weights} --out {folder.Path}").Invoke());
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
        Assert.NotEqual(0, BuildOnnxCommand.Create().Parse($"--weights {damaged} --out {Path.Combine(folder.Path, "onnx")}").Invoke());
    }
}
