using MidiMuse.Core.Words;

namespace MidiMuse.Core.Tests.Words;

/// <summary>Oracle: what a musician would expect of these words.</summary>
public class WordReaderTests
{
    [Theory]
    [InlineData("darker", "valence+-0.4")]
    [InlineData("a bit darker", "valence+-0.2")]
    [InlineData("much darker", "valence+-0.8")]
    [InlineData("dark", "valence=-0.7")]
    [InlineData("very dark", "valence=-0.98")]
    [InlineData("more dark", "valence+-0.4")]
    [InlineData("less dark", "valence+0.4")]
    [InlineData("not too dark", "valence+0.4")]
    [InlineData("not so dark please", "valence+0.4")]
    [InlineData("it's too busy", "density*0.625")]
    [InlineData("sparser", "density*0.625")]
    [InlineData("more syncopated", "syncopation+0.4")]
    [InlineData("no swing", "groove=Straight")]
    [InlineData("don't swing", "groove=Straight")]
    [InlineData("with swing", "groove=Swing 1/8 grooveAmount=1")]
    [InlineData("keep the rhythm", "keep=Rhythm")]
    [InlineData("same contour but new pitches", "keep=Contour keep=Rhythm")]
    [InlineData("an octave higher", "octave+1")]
    [InlineData("two octaves down", "octave+-2")]
    [InlineData("from C3 to G4", "lowNote=48 highNote=67")]
    [InlineData("between G4 and C3", "lowNote=48 highNote=67")]
    [InlineData("below G4", "highNote=67")]
    [InlineData("two voices", "voices=2")]
    [InlineData("8 bars", "answerLength=8")]
    [InlineData("2 notes per beat", "notesPerBeat=2")]
    [InlineData("legato", "articulation=0.9")]
    [InlineData("closer to the motif", "closeness+0.35")]
    [InlineData("ends", "ending=Cadence")]
    [InlineData("doesn't end", "ending=Open")]
    [InlineData("triplets, please!", "grid=1/8 triplets")]
    [InlineData("like a hymn", "style=Hymn")]
    public void Words_change_what_they_say(string words, string changes) => Assert.Equal(changes, ChangesOf(words));

    [Theory]
    [InlineData("in D minor", "key=D scale=Natural minor customScale=0")]
    [InlineData("D minor", "key=D scale=Natural minor customScale=0")]
    [InlineData("in Dm", "key=D scale=Natural minor customScale=0")]
    [InlineData("in Bb", "key=Bb scale=Major customScale=0")]
    [InlineData("in the key of F# major", "key=F# scale=Major customScale=0")]
    [InlineData("e flat dorian", "key=Eb scale=Dorian customScale=0")]
    [InlineData("in a minor key", "scale=Natural minor customScale=0")]
    [InlineData("in a minor", "key=A scale=Natural minor customScale=0")]
    [InlineData("dorian", "scale=Dorian customScale=0")]
    [InlineData("E phrygian dominant", "key=E customScale=Phrygian dominant")]
    [InlineData("a blues", "key=A scale=Blues customScale=0")]
    [InlineData("G minor pentatonic", "key=G scale=Minor pentatonic customScale=0")]
    public void Keys_and_scales_are_read_as_they_are_spoken(string words, string changes) => Assert.Equal(changes, ChangesOf(words));

    [Theory]
    [InlineData("over Dm7 G7 Cmaj7", "chords=Dm7 | G7 | Cmaj7 chordSource=As given")]
    [InlineData("over Dm7 G7 | Cmaj7 |, darker", "chords=Dm7 G7 | Cmaj7 chordSource=As given valence+-0.4")]
    [InlineData("over ii7 V7 Imaj7 in Bb", "chords=ii7 | V7 | Imaj7 chordSource=As given key=Bb scale=Major customScale=0")]
    [InlineData("over i VI | VII, play along", "chords=i VI | VII chordSource=As given mode=Accompany")]
    [InlineData("no chords", "chordSource=Off")]
    public void A_progression_follows_over(string words, string changes) => Assert.Equal(changes, ChangesOf(words));

    [Fact]
    public void A_sentence_is_read_part_by_part_and_explained()
    {
        var reading = WordReader.Read("Darker, sparser, walking bass in D minor, ends softly. And faster with more cowbell");
        Assert.Equal(["Darker", "sparser", "walking bass", "in D minor", "ends softly"], reading.Understood.Select(words => words.Words));
        Assert.Equal([("faster", "the tempo is the host's"), ("cowbell", null)], reading.NotUnderstood.Select(words => (words.Words, words.Reason)));
        Assert.Contains("only notes of D natural minor", reading.ToString(), StringComparison.Ordinal);
        Assert.Contains("not understood: cowbell", reading.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("the quick brown fox jumps, over a lazy dog")]
    [InlineData("|||| %% // ,,,, ... \u0000 \ud800")]
    [InlineData("over")]
    [InlineData("in")]
    [InlineData("not")]
    [InlineData("much more")]
    public void Other_words_change_nothing_and_do_no_harm(string words) => Assert.Empty(WordReader.Read(words).Changes);

    [Fact]
    public void Every_word_of_the_vocabulary_is_read_as_its_own_entry_and_has_a_meaning()
    {
        foreach (var phrase in Vocabulary.Phrases)
        {
            Assert.NotEmpty(phrase.Meaning);
            foreach (var words in phrase.Words)
                Assert.Equal(phrase.Changes, WordReader.Read(words).Changes);
        }
        foreach (var axis in Vocabulary.Axes)
        {
            foreach (var words in axis.Up.Concat(axis.Upper))
                Assert.Equal(axis.UpMeaning, WordReader.Read(words).Understood.Single().Meaning);
            foreach (var words in axis.Down.Concat(axis.Downer))
                Assert.Equal(axis.DownMeaning, WordReader.Read(words).Understood.Single().Meaning);
        }
        foreach (var excuse in Vocabulary.Excuses)
            Assert.All(excuse.Words, words => Assert.Equal(excuse.Reason, WordReader.Read(words).NotUnderstood.Single().Reason));
    }

    [Fact]
    public void No_word_has_two_entries()
    {
        var all = Vocabulary.Phrases.SelectMany(phrase => phrase.Words)
            .Concat(Vocabulary.Axes.SelectMany(axis => axis.Up.Concat(axis.Upper).Concat(axis.Down).Concat(axis.Downer)))
            .Concat(Vocabulary.Excuses.SelectMany(excuse => excuse.Words));
        Assert.Empty(all.GroupBy(words => words).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    /// <summary>Oracle: plugin/docs/WORDS.md. With MIDIMUSE_WRITE_DOCS=1 the table is written there instead.</summary>
    [Fact]
    public void The_documented_vocabulary_is_the_one_that_is_read()
    {
        var file = Path.Combine(RepositoryRoot(), "plugin", "docs", "WORDS.md");
        var table = WordsDocument.Tables();
        var document = File.ReadAllText(file);
        var begin = document.IndexOf(WordsDocument.Begin, StringComparison.Ordinal);
        Assert.True(begin >= 0, "WORDS.md lacks its mark");
        if (Environment.GetEnvironmentVariable("MIDIMUSE_WRITE_DOCS") == "1")
            File.WriteAllText(file, document[..begin] + table);
        Assert.Equal(table, File.ReadAllText(file)[begin..]);
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MidiMuse.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests must run from within the repository.");
    }

    private static string ChangesOf(string words) => string.Join(' ', WordReader.Read(words).Changes.Select(WordsDocument.Text));
}
