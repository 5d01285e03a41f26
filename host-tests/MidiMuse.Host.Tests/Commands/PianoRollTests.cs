using MidiMuse.Core.Time;
using MidiMuse.Host.Commands;
using MidiMuse.Host.Performances;

namespace MidiMuse.Host.Tests.Commands;

/// <summary>Oracle: a picture drawn by hand.</summary>
public sealed class PianoRollTests
{
    private static readonly InputNote[] Motif = [new(0, 1, 60, 90), new(1, 0.5, 62, 90)];

    private static readonly EmittedNote[] Answer = [new(2, 3, 60, 80, 0, 0, 0), new(3, 4, 60, 80, 0, 0, 0)];

    [Fact]
    public void Motif_and_answer_stand_side_by_side()
    {
        var text = Draw(width: 80, hasColour: false);
        Assert.Equal(
            """
                 1        2 answer
            D4  │·   █━  │·   ·   │
            C#4 │·   ·   │·   ·   │
            C4  │█━━━·   │▓───▓───│

            █━ motif  ▓─ answer

            """,
            text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Bars_that_do_not_fit_go_below()
    {
        var lines = Draw(width: 16, hasColour: false).ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("     1", lines[0]);
        Assert.Equal("     2 answer", lines[5]);
    }

    [Fact]
    public void Colours_tell_motif_and_answer_apart()
    {
        var text = Draw(width: 80, hasColour: true);
        Assert.Contains("\e[36m█", text, StringComparison.Ordinal);
        Assert.Contains("\e[33m█", text, StringComparison.Ordinal);
    }

    private static string Draw(int width, bool hasColour)
    {
        using var writer = new StringWriter();
        new PianoRoll(width, hasColour).Write(writer, Motif, Answer, MeterMap.Constant(new Meter(2, 4)), 2, 4);
        return writer.ToString();
    }
}
