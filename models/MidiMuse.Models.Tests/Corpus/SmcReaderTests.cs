using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Tests.Corpus;

public class SmcReaderTests
{
    [Fact]
    public void A_piece_is_read_with_its_meters_keys_and_tracks()
    {
        var piece = Assert.Single(TinyCorpus.Parse(TinyCorpus.TwoMeters));
        Assert.Equal(("tiny", "two", "train", "g1", "A", "CC0", "Two meters"), (piece.Dataset, piece.Id, piece.Split, piece.Group, piece.Tier, piece.Licence, piece.Title));
        Assert.Equal([new MeterChange(0, new Meter(3, 4)), new MeterChange(4320, new Meter(4, 4))], piece.Meters);
        Assert.Equal([new KeyChange(0, 1, Mode.Major)], piece.Keys);
        Assert.Equal([Role.Melody, Role.Bass], piece.Tracks.Select(t => t.Role));
        Assert.Equal(new SourceNote(480, 480, 69, 64), piece.Tracks[0].Notes[1]);
        Assert.Equal(new SourceNote(4320, 960, 48, 60), piece.Tracks[1].Notes[3]);
        Assert.Equal(7200, piece.EndTick);
    }

    [Fact]
    public void A_single_velocity_says_nothing_about_dynamics()
    {
        var piece = TinyCorpus.Parse(TinyCorpus.TwoMeters)[0];
        Assert.False(piece.Tracks[0].VelocityIsKnown);
        Assert.True(piece.Tracks[1].VelocityIsKnown);
    }

    [Theory]
    [InlineData("N\t67 69 71", "N\t67 x 71", 9, "'x' is not an integer")]
    [InlineData("S\t4320\t4\t4", "S\t4320\t4\t5", 5, "4/5 is not a time signature")]
    [InlineData("M\tbarq", "Q\tbarq", 3, "unknown line type 'Q'")]
    [InlineData("R\tmelody", "R\tzither", 8, "unknown role 'zither'")]
    [InlineData("K\t0\t1\tmajor", "K\t0\t1\tdorian", 6, "unknown mode 'dorian'")]
    [InlineData("V\t80 70 90 60 100 40", "V\t80 70", 13, "6 onsets, 6 durations, 6 pitches, 2 velocities")]
    [InlineData("43 50 43 48", "43 50 43 128", 13, "note 3 of the track is out of range")]
    public void A_broken_line_is_reported_with_its_number(string right, string wrong, int line, string problem)
    {
        var text = TinyCorpus.TwoMeters.Replace(right, wrong, StringComparison.Ordinal);
        var error = Assert.Throws<CorpusFormatException>(() => TinyCorpus.Parse(text));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("tiny.smc, line ", error.Message, StringComparison.Ordinal);
        Assert.Equal(line + (problem.StartsWith('\'') ? 2 : 0), error.Line);
    }

    [Fact]
    public void A_file_of_another_format_is_refused_at_its_first_line()
    {
        var reader = new SmcReader(new StringReader("#SMC\t2\tppq=480"), "other.smc");
        Assert.Equal(1, Assert.Throws<CorpusFormatException>(() => reader.ReadPieces().ToList()).Line);
    }

    [Fact]
    public void A_split_s_pieces_are_those_of_this_split_alone()
    {
        using var folder = new TemporaryFolder();
        TinyCorpus.Write(folder.Path, TinyCorpus.TwoMeters, TinyCorpus.HeldBack, TinyCorpus.OtherTier);
        var file = new CorpusFolder(folder.Path).Files.Single();
        Assert.Equal(["held"], CorpusFolder.Read(file, "test").Select(p => p.Id));
        Assert.Equal(["two"], CorpusFolder.Read(file, "train").Select(p => p.Id));
        Assert.Equal(["other"], CorpusFolder.Read(file, "valid").Select(p => p.Id));
    }

    [Fact]
    public void A_missing_corpus_is_said_to_be_missing()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<CorpusMissingException>(() => new CorpusFolder(folder.Path));
        Assert.Throws<CorpusMissingException>(() => new CorpusFolder(Path.Combine(folder.Path, "nowhere")));
    }
}
