using MidiMuse.Core.Harmony;

namespace MidiMuse.Core.Tests.Harmony;

/// <summary>Oracle: the chords as a harmony textbook spells them.</summary>
public class RomanNumeralTests
{
    private static readonly Key CMajor = new(0, Mode.Major);
    private static readonly Key AMinor = new(9, Mode.Minor);
    private static readonly Key EbMajor = new(3, Mode.Major);

    [Theory]
    [InlineData("ii V I", "Dm | G | C")]
    [InlineData("ii7 | V7 | Imaj7 | %", "Dm7 | G7 | Cmaj7 | Cmaj7")]
    [InlineData("I vi | ii7 V7", "C Am | Dm7 G7")]
    [InlineData("I bVII IV I", "C | Bb | F | C")]
    [InlineData("vii° | viiø7 | viio7 | vii°7", "Bdim | Bm7b5 | Bdim7 | Bdim7")]
    [InlineData("V7/V | V7/ii | vii°/V", "D7 | A7 | F#dim")]
    [InlineData("I6 | I64 | V65 | V43 | V42", "C/E | C/G | G7/B | G7/D | G7/F")]
    [InlineData("Vsus4 V | III+ | #ivø7", "Gsus4 G | Eaug | F#m7b5")]
    [InlineData("I / / V7 | N.C.", "C C C G7 | N.C.")]
    [InlineData("I | Dm7 | V", "C | Dm7 | G")]
    public void Degrees_of_C_major(string text, string chords) => Assert.Equal(chords, In(CMajor, text));

    [Theory]
    [InlineData("i | VI | VII", "Am | F | G")]
    [InlineData("i iv V7 i", "Am | Dm | E7 | Am")]
    [InlineData("iiø7 | V7 | i", "Bm7b5 | E7 | Am")]
    [InlineData("vii° | VII | III", "Abdim | G | C")]
    [InlineData("bVI | bVII | bII", "F | G | Bb")]
    public void Degrees_of_A_minor(string text, string chords) => Assert.Equal(chords, In(AMinor, text));

    [Fact]
    public void They_move_with_the_key() => Assert.Equal("Fm7 | Bb7 | Ebmaj7", In(EbMajor, "ii7 V7 Imaj7"));

    [Theory]
    [InlineData("Iv")]
    [InlineData("iiii")]
    [InlineData("VIII")]
    [InlineData("Ifoo")]
    [InlineData("V/x")]
    [InlineData("b")]
    [InlineData("")]
    public void What_is_no_degree_is_none(string text) => Assert.False(RomanNumeral.TryParse(text, out _));

    [Fact]
    public void A_progression_is_written_as_it_was_typed_and_equal_to_itself_alone()
    {
        Assert.True(ChordLane.TryParse("ii7 V7 | Imaj7", out var one, out _));
        Assert.Equal("ii7 V7 | Imaj7", one!.ToString());
        Assert.True(ChordLane.TryParse(one.ToString(), out var again, out _));
        Assert.Equal(one, again);
        Assert.True(ChordLane.TryParse("Dm7 G7 | Cmaj7", out var chords, out _));
        Assert.NotEqual(one, chords);
        Assert.Equal(chords, one.In(CMajor));
        Assert.False(one.In(CMajor).HasNumerals);
    }

    [Fact]
    public void Begun_at_another_bar_a_progression_is_the_same_progression()
    {
        Assert.True(ChordLane.TryParse("C | F | G", out var lane, out _));
        Assert.Equal("G | C | F", lane!.From(2).ToString());
        Assert.Equal("G | C | F", lane.From(-1).ToString());
        Assert.Equal(lane, lane.From(3));
    }

    private static string In(Key key, string text)
    {
        Assert.True(ChordLane.TryParse(text, out var lane, out var problem), problem);
        return lane!.In(key).ToString();
    }
}
