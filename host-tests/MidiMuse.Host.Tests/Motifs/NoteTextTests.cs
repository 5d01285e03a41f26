using MidiMuse.Core.Time;
using MidiMuse.Host.Motifs;

namespace MidiMuse.Host.Tests.Motifs;

public sealed class NoteTextTests
{
    [Fact]
    public void Text_becomes_notes()
    {
        var notes = NoteText.Parse("c4q. bb3e | rh f#5+a5h", new Meter(2, 4));
        Assert.Equal([(0L, 1440L, 60), (1440, 480, 58), (3840, 1920, 78), (3840, 1920, 81)], notes.Select(n => (n.OnsetTick, n.DurationTicks, n.Pitch)));
    }

    [Theory]
    [InlineData("c4q | c4q")]
    [InlineData("c4")]
    [InlineData("x4q")]
    [InlineData("cq")]
    [InlineData("q")]
    [InlineData("c4+q")]
    public void What_is_no_music_is_refused(string text) => Assert.Throws<FormatException>(() => NoteText.Parse(text, new Meter(2, 4)));
}
