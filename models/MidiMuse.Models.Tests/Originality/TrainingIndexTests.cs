using System.CommandLine;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Originality;
using MidiMuse.Models.Commands;
using MidiMuse.Models.Originality;
using MidiMuse.Models.Tests.Corpus;

namespace MidiMuse.Models.Tests.Originality;

public class TrainingIndexTests
{
    [Fact]
    public void The_command_s_index_knows_the_training_split_of_tier_A_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        TinyCorpus.Write(folder.Path, TinyCorpus.TwoMeters, TinyCorpus.HeldBack, TinyCorpus.OtherTier);
        var output = Path.Combine(folder.Path, "originality");
        Assert.Equal(0, IndexCommand.Create().Parse($"--corpus {folder.Path} --out {output}").Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));

        var index = OriginalityFolder.Load(output);
        var piece = TinyCorpus.Parse(TinyCorpus.TwoMeters).Single();
        var melody = GridPart.Of(new Models.Shards.Part(Role.Melody, piece.Tracks[0].Notes, VelocityIsKnown: false));
        // After the first seven notes of a rising scale, which do not count: G A B c d e ... down to B.
        var report = new OriginalityMeter(index).Measure(Role.Melody, [], melody);
        Assert.Equal("Two meters (tiny)", index.TitleOf(report.NearestPiece));
        Assert.Contains("\"dataset\": \"tiny\"", File.ReadAllText(Path.Combine(output, OriginalityFolder.DescriptionFile)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_or_missing_index_is_refused()
    {
        using var folder = new TemporaryFolder();
        TinyCorpus.Write(folder.Path, TinyCorpus.TwoMeters);
        IndexCommand.Create().Parse($"--corpus {folder.Path} --out {folder.Path}").Invoke();
        var file = Path.Combine(folder.Path, OriginalityFolder.IndexFile);
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Equal(ModelFault.Damaged, Assert.Throws<ModelException>(() => OriginalityFolder.Load(folder.Path)).Fault);
        File.Delete(file);
        Assert.Equal(ModelFault.Missing, Assert.Throws<ModelException>(() => OriginalityFolder.Load(folder.Path)).Fault);
    }

    [Fact]
    public void A_corpus_without_training_music_makes_no_index()
    {
        using var folder = new TemporaryFolder();
        TinyCorpus.Write(folder.Path, TinyCorpus.HeldBack);
        Assert.Throws<ArgumentException>(() => IndexCommand.Create().Parse($"--corpus {folder.Path} --out {folder.Path}").Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
    }

    [Fact]
    public void Passages_are_as_long_as_asked_and_follow_their_motif()
    {
        GridNote[] notes = [.. Enumerable.Range(0, 200).SelectMany(i => (GridNote[])[new(i * 12, 12, 48, 80), new(i * 12, 12, 60 + (i % 7), 80)])];
        var passages = HumanPassages.Of(notes, 16).ToList();
        Assert.NotEmpty(passages);
        Assert.All(passages, p =>
        {
            Assert.Equal(32, notes[p.Motif].Length); // two notes an onset
            Assert.Equal(32, notes[p.Answer].Length);
            Assert.True(notes[p.Motif][^1].OnsetTick < notes[p.Answer][0].OnsetTick);
        });
    }
}
