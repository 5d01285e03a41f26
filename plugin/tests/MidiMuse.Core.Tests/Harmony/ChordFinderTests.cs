using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Tests.Harmony;

/// <summary>Oracle: the chords that the examples were written with.</summary>
public class ChordFinderTests
{
    [Fact]
    public void Block_chords_and_broken_chords_are_found_bar_by_bar()
    {
        int[][] bars = [[60, 64, 67], [59, 62, 67], [57, 60, 64], [57, 60, 65], [62, 65, 69, 72], [59, 62, 65, 67]];
        string[] names = ["C", "G", "Am", "F", "Dm7", "G7"];
        for (var spread = 0; spread <= 24; spread += 24)
        {
            GridNote[] notes = [.. bars.SelectMany((chord, bar) => chord.Select((pitch, i) => new GridNote((bar * 96) + (i * spread), spread == 0 ? 90 : 24, pitch, 80))).OrderBy(note => (note.OnsetTick, note.Pitch))];
            var lane = ChordFinder.Find(notes, 6 * 96, Meter.CommonTime, new Key(0, Mode.Major))!;
            Assert.Equal(names, Enumerable.Range(0, 6).Select(bar => lane.BarAt(bar).Single().ToString()));
        }
    }

    [Fact]
    public void A_bar_of_rest_keeps_the_chord_before_and_no_notes_give_no_lane()
    {
        GridNote[] notes = [new(0, 90, 60, 80), new(0, 90, 64, 80), new(0, 90, 67, 80)];
        Assert.Equal("C | C", ChordFinder.Find(notes, 2 * 96, Meter.CommonTime, null)!.ToString());
        Assert.Null(ChordFinder.Find([], 96, Meter.CommonTime, null));
    }
}
