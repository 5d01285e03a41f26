using System.Security.Cryptography;
using System.Text.Json;
using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;
using MidiMuse.Models.Commands;
using MidiMuse.Models.Onnx;

namespace MidiMuse.Models.Tests.Onnx;

public class LstmGraphsTests
{
    [Fact]
    public void Graphs_built_from_weights_answer_like_PyTorch()
    {
        using var folder = new TemporaryFolder();
        var weights = Path.Combine(Folders.Data, "tiny-lstm", "lstm.safetensors");
        Assert.Equal(0, BuildOnnxCommand.Create().Parse($"--weights {weights} --out {folder.Path}").Invoke());
        AssertGolden(folder.Path);
    }

    [Fact]
    public void The_shipped_model_answers_like_PyTorch() => AssertGolden(Folders.Weights);

    [Fact]
    public void The_shipped_model_s_description_fits_its_files()
    {
        using var model = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folders.Weights, "model.json")));
        Assert.Equal(NoteEventVocabulary.Version, model.RootElement.GetProperty("vocabulary").GetInt32());
        foreach (var file in model.RootElement.GetProperty("files").EnumerateObject())
        {
            var bytes = File.ReadAllBytes(Path.Combine(Folders.Weights, file.Name));
            Assert.Equal(file.Value.GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Assert.True(bytes.Length < 8_000_000, $"{file.Name} is too large for the repository.");
        }
    }

    [Fact]
    public void A_wrong_weight_is_noticed_by_the_golden_file()
    {
        using var folder = new TemporaryFolder();
        var source = Path.Combine(Folders.Data, "tiny-lstm");
        var bytes = File.ReadAllBytes(Path.Combine(source, "lstm.safetensors"));
        bytes[^2] ^= 0x40; // exponent of the last velocity bias
        File.WriteAllBytes(Path.Combine(folder.Path, "lstm.safetensors"), bytes);
        File.Copy(Path.Combine(source, "golden.json"), Path.Combine(folder.Path, "golden.json"));
        var built = Path.Combine(folder.Path, "onnx");
        Assert.Equal(1, BuildOnnxCommand.Create().Parse($"--weights {Path.Combine(folder.Path, "lstm.safetensors")} --out {built}").Invoke());
    }

    [Fact]
    public void Damaged_weights_are_refused_with_a_reason()
    {
        using var folder = new TemporaryFolder();
        var source = File.ReadAllBytes(Path.Combine(Folders.Data, "tiny-lstm", "lstm.safetensors"));
        var path = Path.Combine(folder.Path, "damaged.safetensors");
        foreach (var length in new[] { 0, 7, 8, 100, source.Length - 4 })
        {
            File.WriteAllBytes(path, source[..length]);
            Assert.Throws<InvalidDataException>(() => TensorFile.Read(path));
        }
    }

    private static void AssertGolden(string folder)
    {
        using var model = SharedModel.Acquire(folder);
        var differences = GoldenFile.Read<EventGolden>(folder).Differences(model);
        Assert.All(differences, d => Assert.True(d.Value <= GoldenFile.Tolerance, $"{d.Key} is off by {d.Value}."));
    }
}
