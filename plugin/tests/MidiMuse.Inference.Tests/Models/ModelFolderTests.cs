using MidiMuse.Inference.Models;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly RandomLstmFolder _folder = new(new RandomLstm(layers: 1, hidden: 8));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_folder_opens_and_says_what_it_holds()
    {
        var folder = ModelFolder.Open(_folder.Path);
        Assert.Equal(("random", "lstm", "0.0.1"), (folder.Description.Name, folder.Description.Kind, folder.Description.Version));
        Assert.Equal(Path.Combine(_folder.Path, "pitch.onnx"), folder.PathOf("pitch.onnx"));
        Assert.Equal(64, folder.Hash.Length);
    }

    [Fact]
    public void The_hash_changes_with_the_weights()
    {
        var before = ModelFolder.Open(_folder.Path).Hash;
        using var other = new RandomLstmFolder(new RandomLstm(layers: 1, hidden: 8, seed: 8));
        Assert.NotEqual(before, ModelFolder.Open(other.Path).Hash);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_missing() =>
        AssertFault(ModelFault.Missing, "model.json", Path.Combine(_folder.Path, "nowhere"));

    [Fact]
    public void A_file_that_does_not_exist_is_missing()
    {
        File.Delete(Path.Combine(_folder.Path, "duration.onnx"));
        AssertFault(ModelFault.Missing, "duration.onnx");
    }

    [Fact]
    public void One_changed_byte_of_the_weights_is_damage()
    {
        var path = Path.Combine(_folder.Path, "backbone.onnx");
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        AssertFault(ModelFault.Damaged, "backbone.onnx");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":\"one\"}")]
    [InlineData("{\"format\":1,\"name\":null,\"kind\":\"lstm\",\"version\":\"1\",\"vocabulary\":1,\"files\":{}}")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"kind\":\"lstm\",\"version\":\"1\",\"vocabulary\":1,\"files\":null}")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"kind\":\"lstm\",\"version\":\"1\",\"vocabulary\":1,\"files\":{\"a.onnx\":null}}")]
    public void A_description_that_is_none_is_damage_or_a_missing_file(string json)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "model.json"), json);
        var fault = Assert.Throws<ModelException>(() => ModelFolder.Open(_folder.Path)).Fault;
        Assert.True(fault is ModelFault.Damaged or ModelFault.Missing, fault.ToString());
    }

    [Fact]
    public void Another_format_is_not_supported()
    {
        _folder.Describe(description => description["format"] = 2);
        AssertFault(ModelFault.Unsupported, "2");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public void A_model_of_another_vocabulary_is_not_supported(int vocabulary)
    {
        _folder.Describe(description => description["vocabulary"] = vocabulary);
        var thrown = Assert.Throws<ModelException>(() => SharedModel.Acquire(_folder.Path));
        Assert.Equal(ModelFault.Unsupported, thrown.Fault);
        Assert.Contains($"vocabulary {vocabulary}", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../backbone.onnx")]
    [InlineData("/etc/hostname")]
    [InlineData("sub\\backbone.onnx")]
    [InlineData("C:backbone.onnx")]
    [InlineData("..")]
    public void A_file_outside_the_folder_is_refused(string name)
    {
        _folder.Describe(description => description["files"]!.AsObject()[name] = new string('0', 64));
        AssertFault(ModelFault.Damaged, "outside");
    }

    [Fact]
    public void A_file_that_the_description_does_not_name_is_not_used()
    {
        _folder.Describe(description => description["files"]!.AsObject().Remove("velocity.onnx"));
        var folder = ModelFolder.Open(_folder.Path);
        Assert.Equal(ModelFault.Damaged, Assert.Throws<ModelException>(() => folder.PathOf("velocity.onnx")).Fault);
    }

    /// <summary>Seeds 0..499: bytes of model.json changed, dropped or added at random.</summary>
    [Fact]
    public void Damaged_descriptions_never_cause_anything_but_a_model_exception()
    {
        var whole = File.ReadAllBytes(Path.Combine(_folder.Path, "model.json"));
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var bytes = whole.ToList();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(3))
                {
                    case 0: bytes[at] = (byte)random.Next(256); break;
                    case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                    default: bytes.Insert(at, (byte)random.Next(256)); break;
                }
            }
            File.WriteAllBytes(Path.Combine(_folder.Path, "model.json"), [.. bytes]);
            var thrown = Record.Exception(() => ModelFolder.Open(_folder.Path));
            Assert.True(thrown is null or ModelException, $"seed {seed}: {thrown}");
        }
    }

    private void AssertFault(ModelFault fault, string mentioned, string? path = null)
    {
        var thrown = Assert.Throws<ModelException>(() => ModelFolder.Open(path ?? _folder.Path));
        Assert.Equal(fault, thrown.Fault);
        Assert.Contains(mentioned, thrown.Message, StringComparison.Ordinal);
    }
}
