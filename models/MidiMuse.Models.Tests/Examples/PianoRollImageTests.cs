using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Examples;
using SkiaSharp;

namespace MidiMuse.Models.Tests.Examples;

public class PianoRollImageTests
{
    [Fact]
    public void Motif_and_answer_are_drawn_where_they_sound_in_colours_of_their_own()
    {
        // One note in the first bar, one an octave higher in the fifth: 60 and 72 with two rows to spare are 17 rows.
        var excerpt = new Excerpt("x", new PhraseContext(Meter.CommonTime, Role.Melody, null), [new GridNote(0, 48, 60, 80)], [], VelocityIsKnown: true);
        using var image = SKBitmap.Decode(PianoRollImage.Draw(excerpt, [new GridNote(4 * 96, 48, 72, 80)]));
        Assert.Equal(((8 * 96) + 16, (17 * 5) + 16), (image.Width, image.Height));
        var motif = image.GetPixel(8 + 24, 8 + (14 * 5) + 2);
        var answer = image.GetPixel(8 + (4 * 96) + 24, 8 + (2 * 5) + 2);
        var paper = image.GetPixel(8 + (2 * 96) + 24, 8 + (14 * 5) + 2);
        Assert.Equal(3, new HashSet<SKColor> { motif, answer, paper }.Count);
        Assert.Equal(paper, image.GetPixel(8 + (4 * 96) + 72, 8 + (2 * 5) + 2)); // after the answer's note has ended
    }
}
