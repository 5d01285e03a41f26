using MidiMuse.Core.Harmony;

namespace MidiMuse.Core.Tests.Harmony;

/// <summary>Oracle: the degrees that theory books give.</summary>
public class ScaleTests
{
    [Theory]
    [InlineData("Major", "1 2 3 4 5 6 7")]
    [InlineData("Harmonic minor", "1 2 b3 4 5 b6 7")]
    [InlineData("Locrian", "1 b2 b3 4 b5 b6 b7")]
    [InlineData("Diminished", "1 2 b3 4 b5 b6 6 7")]
    [InlineData("Blues", "1 b3 4 b5 5 b7")]
    [InlineData("Phrygian dominant", "1 b2 3 4 5 b6 b7")]
    [InlineData("Lydian dominant", "1 2 3 #4 5 6 b7")]
    [InlineData("Altered", "1 b2 #2 3 b5 #5 b7")]
    [InlineData("Mixolydian b6", "1 2 3 4 5 b6 b7")]
    [InlineData("Locrian #2", "1 2 b3 4 b5 b6 b7")]
    [InlineData("Lydian augmented", "1 2 3 #4 #5 6 7")]
    [InlineData("Dorian b2", "1 b2 b3 4 5 6 b7")]
    [InlineData("Dorian #4", "1 2 b3 #4 5 6 b7")]
    [InlineData("Harmonic major", "1 2 3 4 5 b6 7")]
    [InlineData("Double harmonic", "1 b2 3 4 5 b6 7")]
    [InlineData("Hungarian minor", "1 2 b3 #4 5 b6 7")]
    [InlineData("Neapolitan minor", "1 b2 b3 4 5 b6 7")]
    [InlineData("Neapolitan major", "1 b2 b3 4 5 6 7")]
    [InlineData("Half-whole diminished", "1 b2 b3 3 #4 5 6 b7")]
    [InlineData("Augmented", "1 b3 3 5 b6 7")]
    [InlineData("Major blues", "1 2 b3 3 5 6")]
    [InlineData("Bebop dominant", "1 2 3 4 5 6 b7 7")]
    [InlineData("Hirajoshi", "1 2 b3 5 b6")]
    [InlineData("In", "1 b2 4 5 b6")]
    [InlineData("Insen", "1 b2 4 5 b7")]
    [InlineData("Egyptian", "1 2 4 5 b7")]
    public void Scales_have_the_degrees_of_their_names(string name, string degrees)
    {
        Assert.True(Scale.TryParse(name, out var named));
        Assert.True(Scale.TryParse(degrees, out var spelled));
        Assert.Equal(named.Mask, spelled.Mask);
        Assert.Equal(name, Scale.NameOf(spelled.Mask), ignoreCase: true);
    }

    [Fact]
    public void Every_mask_survives_its_name()
    {
        for (var mask = 1; mask < 0x1000; mask++)
        {
            Assert.True(Scale.TryParse(Scale.NameOf((ushort)mask), out var scale), Scale.NameOf((ushort)mask));
            Assert.Equal(mask, scale.Mask);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("1 x")]
    [InlineData("b")]
    public void Nonsense_is_no_scale(string text) => Assert.False(Scale.TryParse(text, out _));
}
