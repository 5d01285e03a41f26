using MidiMuse.Models.Commands;
using MidiMuse.Models.Patterns;

namespace MidiMuse.Models.Tests.Patterns;

public class PatternGraphsTests
{
    private static readonly string Tiny = Path.Combine(Folders.Data, "tiny-patterns");

    [Fact]
    public void Graphs_built_from_weights_answer_like_PyTorch()
    {
        using var folder = new TemporaryFolder();
        var vae = Path.Combine(folder.Path, "vae");
        Assert.Equal(0, Build($"--weights {Path.Combine(Tiny, "vae", "vae.safetensors")} --out {vae}"));
        Assert.Equal(0, Build($"--weights {Path.Combine(Tiny, "gan", "gan.safetensors")} --vae {vae} --out {Path.Combine(folder.Path, "gan")}"));
    }

    [Fact]
    public void The_shipped_models_answer_like_PyTorch()
    {
        var weights = Path.Combine(Folders.Repository, "models", "weights");
        foreach (var (name, difference) in PatternGoldenCheck.Vae(Path.Combine(weights, "vae")).Concat(PatternGoldenCheck.Gan(Path.Combine(weights, "gan"))))
            Assert.True(difference <= PatternGoldenCheck.Tolerance, $"{name} is off by {difference}.");
    }

    [Fact]
    public void A_wrong_weight_is_noticed_by_the_golden_file()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Path.Combine(Tiny, "vae", "vae.safetensors"));
        bytes[^2] ^= 0x40; // exponent of the last duration bias
        File.WriteAllBytes(Path.Combine(folder.Path, "vae.safetensors"), bytes);
        File.Copy(Path.Combine(Tiny, "vae", "golden.json"), Path.Combine(folder.Path, "golden.json"));
        Assert.Equal(1, Build($"--weights {Path.Combine(folder.Path, "vae.safetensors")} --out {Path.Combine(folder.Path, "vae")}"));
    }

    private static int Build(string arguments) => BuildPatternOnnxCommand.Create().Parse(arguments).Invoke();
}
