using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;
using MidiMuse.Models.Tests.Corpus;

namespace MidiMuse.Models.Tests.Shards;

public class PhraseConditionsTests
{
    /// <summary>Four bars of 4/4 with chord symbols, sections at bars 0 and 2, whole notes and then quarters.</summary>
    private const string Labelled = """
        P	labelled	train	g9	A	CC0	1	Labelled		folk; Reel
        S	0	4	4
        K	0	0	major
        H	0	C
        H	1920	G7/B
        H	3840	Fine
        H	3840	Am
        X	0	A
        X	3840	B
        R	melody	R	0	Voice
        O	0 1920 1920 480 480 480 480 480 480 480
        D	1920 1920 480 480 480 480 480 480 480 480
        N	60 62 69 71 72 71 69 71 72 69
        V	64
        """;

    [Fact]
    public void Chord_symbols_sections_and_styles_are_read()
    {
        var piece = TinyCorpus.Parse(Labelled)[0];
        Assert.Equal(["C", "G7/B", "Am"], piece.Chords.Select(c => c.Chord?.ToString()));
        Assert.Equal([0L, 3840], piece.Sections);
        Assert.Equal("folk; Reel", piece.Style);
    }

    [Fact]
    public void Each_row_is_told_what_holds_at_its_onset()
    {
        var piece = TinyCorpus.Parse(Labelled)[0];
        var phrase = new PhraseCutter(Segment.MostNotes).Cut(piece, Part.Of(piece).Single(), 256).Single();
        var rows = Segment.Conditions(phrase, Segment.Events(phrase));
        var chords = rows.Select(r => Chord.FromModelClass(r.Chord)!.Value.ToString()).ToArray();
        Assert.Equal(["C", "C", "G7", "Am", "Am"], chords[..5]);
        // Two bars to section B, then two to the piece's end.
        Assert.Equal([2, 2, 1, 2, 2, 2, 2, 1, 1, 1, 1], rows.Select(r => (int)r.BarsLeft));
        Assert.All(rows, r => Assert.Equal((1, 0), (r.Polyphony, r.Style)));
    }

    /// <summary>Oracle: the transposed symbol.</summary>
    [Fact]
    public void A_transposed_phrase_takes_its_chords_along()
    {
        var piece = TinyCorpus.Parse(Labelled)[0];
        var phrase = new PhraseCutter(Segment.MostNotes).Cut(piece, Part.Of(piece).Single(), 256).Single();
        for (var seed = 0; seed < 30; seed++)
        {
            var varied = Augmentation.Vary(phrase, new Random(seed));
            var semitones = varied.Notes[0].Pitch - phrase.Notes[0].Pitch;
            Assert.Equal(Chord.Of(0, ChordQuality.Major).Transpose(semitones), varied.Surroundings.Chords[0].Chord);
        }
    }

    [Fact]
    public void Where_no_chord_is_named_it_is_what_all_parts_sound_like_in_half_a_bar()
    {
        Track Voice(params int[] pitches) => new(Role.Other, Hand.Unspecified, 0, "", [.. pitches.Select((p, i) => new SourceNote(i * 960, 960, p, 64))]);
        var piece = new Piece("random", "1", "train", "g", "A", "CC0", "")
        {
            Meters = [new MeterChange(0, new MidiMuse.Core.Time.Meter(4, 4))],
            Tracks = [Voice(48, 53, 55, 48), Voice(64, 69, 71, 64), Voice(67, 72, 74, 67), Voice(72, 77, 77, 72)],
        };
        var chords = PieceHarmony.Of(piece);
        Assert.Equal(["C", "F", "G7", "C"], chords.Select(c => c.Chord?.ToString()));
        Assert.Equal([0L, 960, 1920, 2880], chords.Select(c => c.Tick));
    }

    [Theory]
    [InlineData("groove_midi", "funk/purdieshuffle; fill", StyleClass.Funk)]
    [InlineData("groove_midi", "country; fill", StyleClass.NotGiven)]
    [InlineData("chopin_first_editions", "romantic piano; Mazurka", StyleClass.Dance)]
    [InlineData("chopin_first_editions", "romantic piano; Nocturne", StyleClass.RomanticPiano)]
    [InlineData("polish_ensembles", "ensemble; Sacred; Mass", StyleClass.Sacred)]
    [InlineData("mutopia", "Harpsichord, Piano; Baroque", StyleClass.Baroque)]
    [InlineData("mutopia", "Piano; Technique", StyleClass.NotGiven)]
    [InlineData("open_hymnal", "hymn", StyleClass.Hymn)]
    public void A_style_is_named_after_what_the_source_says(string dataset, string style, StyleClass expected) =>
        Assert.Equal(expected, PieceStyle.Of(new Piece(dataset, "1", "train", "g", "A", "CC0", "") { Style = style }));
}
