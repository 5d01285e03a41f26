using MidiMuse.Core.Audio;

namespace MidiMuse.Core.Tests.Audio;

/// <summary>Oracle: the grid positions that jittered onsets were made from.</summary>
public sealed class GridQuantiserTests
{
    private const double Bpm = 100;

    [Fact]
    public void Straight_and_triplet_rhythms_come_back_from_jittered_onsets()
    {
        var random = new Random(5);
        double[][] rhythms =
        [
            [0, 1, 2, 3, 4, 5, 6, 7],
            [0, 0.5, 1, 1.5, 2, 3, 3.5, 4],
            [0, 0.25, 0.5, 0.75, 1, 2, 2.75, 3],
            [0, 1 / 3.0, 2 / 3.0, 1, 4 / 3.0, 5 / 3.0, 2, 3],
            [0, 0.5, 1, 4 / 3.0, 5 / 3.0, 2, 2.5, 3, 3.5],
        ];
        foreach (var rhythm in rhythms)
        {
            for (var run = 0; run < 50; run++)
            {
                var shift = (random.NextDouble() - 0.5) * 0.04;
                var played = rhythm.Select(ppq => ppq + ((shift + (0.008 * VoiceSynth.Normal(random))) * Bpm / 60)).ToArray();
                var moved = GridQuantiser.Quantise([.. played.Select(ppq => (ppq, ppq + 0.2))], Bpm, OnsetGrid.Auto);
                Assert.True(rhythm.Zip(moved).Count(pair => Math.Abs(pair.First - pair.Second.OnsetPpq) < 1e-9) >= rhythm.Length - 1, string.Join(' ', moved));
            }
        }
    }

    [Fact]
    public void A_grid_that_was_asked_for_holds_for_every_note()
    {
        var random = new Random(6);
        foreach (var grid in new[] { OnsetGrid.Quarter, OnsetGrid.Eighth, OnsetGrid.EighthTriplet, OnsetGrid.Sixteenth, OnsetGrid.SixteenthTriplet })
        {
            var played = Enumerable.Range(0, 200).Select(_ => random.NextDouble() * 16).Order().Select(ppq => (ppq, ppq + 0.3)).ToArray();
            foreach (var note in GridQuantiser.Quantise(played, Bpm, grid))
            {
                Assert.Equal(Math.Round(note.OnsetPpq * (int)grid), note.OnsetPpq * (int)grid, 9);
                Assert.True(note.EndPpq > note.OnsetPpq);
                Assert.InRange(note.Confidence, 0, 1);
            }
        }
    }

    [Fact]
    public void A_note_between_two_positions_is_less_certain()
    {
        var moved = GridQuantiser.Quantise([(0, 0.2), (1.01, 1.2), (2.23, 2.4)], Bpm, OnsetGrid.Eighth);

        Assert.True(moved[0].Confidence > 0.95 && moved[2].Confidence < 0.7);
    }

    [Fact]
    public void Off_leaves_everything_where_it_was()
    {
        Assert.Equal([new GridNoteTiming(0.37, 0.51, 1)], GridQuantiser.Quantise([(0.37, 0.51)], Bpm, OnsetGrid.Off));
    }
}
