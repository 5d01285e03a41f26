using MidiMuse.Core.Harmony;

namespace MidiMuse.Core.Tests.Harmony;

public sealed class ChordSymbolTests
{
    /// <summary>Oracle: the notes of each chord as any harmony book spells them.</summary>
    [Theory]
    [InlineData("C", ChordQuality.Major, 0, "0 4 7")]
    [InlineData("Cm", ChordQuality.Minor, 0, "0 3 7")]
    [InlineData("C-7", ChordQuality.MinorSeventh, 0, "0 3 7 10")]
    [InlineData("Dm7", ChordQuality.MinorSeventh, 2, "2 5 9 0")]
    [InlineData("G7", ChordQuality.Dominant, 7, "7 11 2 5")]
    [InlineData("Cmaj7", ChordQuality.MajorSeventh, 0, "0 4 7 11")]
    [InlineData("CM7", ChordQuality.MajorSeventh, 0, "0 4 7 11")]
    [InlineData("C^", ChordQuality.MajorSeventh, 0, "0 4 7 11")]
    [InlineData("Cmaj9", ChordQuality.MajorSeventh, 0, "0 4 7 11 2")]
    [InlineData("Cm(maj7)", ChordQuality.MinorMajorSeventh, 0, "0 3 7 11")]
    [InlineData("F#m7b5", ChordQuality.HalfDiminished, 6, "6 9 0 4")]
    [InlineData("F♯ø", ChordQuality.HalfDiminished, 6, "6 9 0 4")]
    [InlineData("Bdim", ChordQuality.Diminished, 11, "11 2 5")]
    [InlineData("Bo7", ChordQuality.DiminishedSeventh, 11, "11 2 5 8")]
    [InlineData("Caug", ChordQuality.Augmented, 0, "0 4 8")]
    [InlineData("C+7", ChordQuality.AugmentedSeventh, 0, "0 4 8 10")]
    [InlineData("F9(#5)", ChordQuality.AugmentedSeventh, 5, "5 9 1 3 7")]
    [InlineData("Csus4", ChordQuality.SuspendedFourth, 0, "0 5 7")]
    [InlineData("Csus2", ChordQuality.SuspendedSecond, 0, "0 2 7")]
    [InlineData("Gsus4(7)", ChordQuality.SuspendedSeventh, 7, "7 0 2 5")]
    [InlineData("D5", ChordQuality.Power, 2, "2 9")]
    [InlineData("C6", ChordQuality.Sixth, 0, "0 4 7 9")]
    [InlineData("C6/9", ChordQuality.Sixth, 0, "0 4 7 9 2")]
    [InlineData("Dbm6", ChordQuality.MinorSixth, 1, "1 4 8 10")]
    [InlineData("Gadd9", ChordQuality.Major, 7, "7 11 2 9")]
    [InlineData("G9", ChordQuality.Dominant, 7, "7 11 2 5 9")]
    [InlineData("A7(b9)", ChordQuality.Dominant, 9, "9 1 4 7 10")]
    [InlineData("Eb13", ChordQuality.Dominant, 3, "3 7 10 1 5 0")]
    [InlineData("Cb7", ChordQuality.Dominant, 11, "11 3 6 9")]
    [InlineData("Gd", ChordQuality.Diminished, 7, "7 10 1")]
    public void A_symbol_has_the_notes_of_its_chord(string symbol, ChordQuality quality, int root, string pitchClasses)
    {
        Assert.True(ChordSymbol.TryParse(symbol, out var chord));
        Assert.Equal((quality, root, root), (chord.Quality, chord.Root, chord.Bass));
        Assert.Equal(pitchClasses.Split(' ').Select(int.Parse).Order(), Enumerable.Range(0, 12).Where(chord.Contains));
    }

    [Theory]
    [InlineData("C/G", 0, 7)]
    [InlineData("F#m7b5/A", 6, 9)]
    [InlineData("D/f+", 2, 6)]
    [InlineData("Eb7/Db", 3, 1)]
    [InlineData("Gm/bb", 7, 10)]
    public void A_slash_names_the_bass_which_is_part_of_the_chord(string symbol, int root, int bass)
    {
        Assert.True(ChordSymbol.TryParse(symbol, out var chord));
        Assert.Equal((root, bass), (chord.Root, chord.Bass));
        Assert.True(chord.Contains(bass));
    }

    [Theory]
    [InlineData("Fine")]
    [InlineData("End")]
    [InlineData("DC")]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("H7")]
    [InlineData("C/")]
    [InlineData("C/x")]
    [InlineData("Cfoo")]
    public void What_is_no_chord_is_refused(string text) => Assert.False(ChordSymbol.TryParse(text, out _));

    [Fact]
    public void No_chord_is_a_statement_of_its_own()
    {
        Assert.True(ChordSymbol.TryParse("N.C.", out var chord));
        Assert.True(chord.IsNone);
        Assert.Equal(1, chord.ModelClass);
        Assert.Equal(0, Chord.ClassOf(null));
    }

    /// <summary>Oracle: class to chord to symbol to chord to class is the identity; every class occurs once.</summary>
    [Fact]
    public void Every_model_class_survives_its_own_symbol()
    {
        for (var modelClass = 1; modelClass < Chord.ModelClasses; modelClass++)
        {
            var chord = Chord.FromModelClass(modelClass)!.Value;
            Assert.True(ChordSymbol.TryParse(chord.ToString(), out var read), chord.ToString());
            Assert.Equal(chord, read);
            Assert.Equal(modelClass, read.ModelClass);
        }
    }

    [Fact]
    public void Transposing_by_an_octave_in_twelve_steps_comes_back()
    {
        Assert.True(ChordSymbol.TryParse("F#m7b5/A", out var chord));
        var moved = chord;
        for (var i = 0; i < 12; i++)
            moved = moved.Transpose(i % 2 == 0 ? 3 : -1);
        Assert.Equal(chord, moved);
        Assert.Equal("Gm7b5/Bb", chord.Transpose(1).ToString());
    }
}
