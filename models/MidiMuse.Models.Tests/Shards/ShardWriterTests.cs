using System.Text.Json;
using MidiMuse.Models.Commands;
using MidiMuse.Models.Shards;
using MidiMuse.Models.Tests.Corpus;

namespace MidiMuse.Models.Tests.Shards;

public class ShardWriterTests
{
    [Fact]
    public void The_command_writes_a_file_for_each_set_and_role_and_an_index()
    {
        using var corpus = new TemporaryFolder();
        using var output = new TemporaryFolder();
        TinyCorpus.Write(corpus.Path, TinyCorpus.TwoMeters, TinyCorpus.HeldBack, TinyCorpus.OtherTier);
        var command = ShardsCommand.Create();
        Assert.Equal(0, command.Parse($"--corpus {corpus.Path} --out {output.Path} --copies 2 --seed 1").Invoke());

        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(output.Path, "index.json")));
        var files = index.RootElement.GetProperty("files").EnumerateArray()
            .ToDictionary(f => f.GetProperty("file").GetString()!, f => (Segments: f.GetProperty("segments").GetInt32(), Notes: f.GetProperty("notes").GetInt32()));
        Assert.Equal(["train.melody.u8", "valid-b.drums.u8"], files.Keys);
        Assert.Equal((4, 28), files["train.melody.u8"]);
        foreach (var (name, file) in files)
            Assert.Equal(file.Segments * Segment.Bytes, new FileInfo(Path.Combine(output.Path, name)).Length);
    }
}
