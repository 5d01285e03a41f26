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

    /// <summary>Every quality on every root, in root position; those that have the same notes as another one on its root apart.</summary>
    [Fact]
    public void Chords_that_are_played_are_taken_down_as_they_are()
    {
        for (var root = 0; root < 12; root++)
        {
            foreach (var quality in Enum.GetValues<ChordQuality>())
            {
                var chord = Chord.Of(root, quality);
                GridNote[] notes = [.. Enumerable.Range(48 + root, 12).Where(chord.Contains).Select(pitch => new GridNote(0, 90, pitch, 80))];
                Assert.Equal(chord.ToString(), ChordFinder.FindHalves(notes, 96, Meter.CommonTime, null)!.ToString());
            }
        }
    }

    [Theory]
    [InlineData(4, 4, "C | F G | Am")]
    [InlineData(3, 4, "C F | G7")]
    [InlineData(6, 8, "Dm G | C")]
    public void Two_chords_in_a_bar_are_told_apart(int numerator, int denominator, string chords)
    {
        var meter = new Meter(numerator, denominator);
        Assert.True(ChordLane.TryParse(chords, out var lane, out _));
        var notes = new List<GridNote>();
        for (var bar = 0; bar < lane!.Bars; bar++)
        {
            var shares = lane.BarAt(bar);
            for (var i = 0; i < shares.Length; i++)
            {
                var start = (bar * meter.BarTicks) + ChordLane.ShareTick(meter, shares.Length, i);
                var end = (bar * meter.BarTicks) + (i + 1 < shares.Length ? ChordLane.ShareTick(meter, shares.Length, i + 1) : meter.BarTicks);
                notes.AddRange(Enumerable.Range(48 + shares[i].Root, 12).Where(shares[i].Contains).Select(pitch => new GridNote(start, (int)(end - start), pitch, 80)));
            }
        }
        Assert.Equal(chords, ChordFinder.FindHalves(notes.ToArray(), (long)lane.Bars * meter.BarTicks, meter, null)!.ToString());
    }

    /// <summary>Ode to Joy: tonic and dominant, as everybody harmonises it.</summary>
    [Fact]
    public void A_melody_gets_the_main_chords_of_its_key()
    {
        int[] pitches = [66, 66, 67, 69, 69, 67, 66, 64, 62, 62, 64, 66];
        GridNote[] notes = [.. pitches.Select((pitch, i) => new GridNote(i * 24, 24, pitch, 80))];
        Assert.Equal("D | A7 | D", ChordFinder.Find(notes, 3 * 96, Meter.CommonTime, new Key(2, Mode.Major))!.ToString());
    }
}
