using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;

namespace MidiMuse.Core.Tests.Originality;

public class OriginalityMeterTests
{
    private static readonly GridNote[][] Known = [Tunes.Random(1, 100), Tunes.Random(2, 100), Tunes.Random(3, 100)];

    private static readonly OriginalityMeter Meter = new(Tunes.Index(Known));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 1)]
    [InlineData(-7, 1)]
    [InlineData(3, 2)]
    public void A_copy_is_found_in_any_key_and_at_twice_the_length(int semitones, int stretch)
    {
        var copy = Tunes.Moved(Known[1][20..50], -Known[1][20].OnsetTick, semitones);
        copy = [.. copy.Select(n => n with { OnsetTick = n.OnsetTick * stretch, DurationTicks = n.DurationTicks * stretch })];
        var report = Meter.Measure(Role.Melody, [], copy);
        // Thirty notes have 28 elements, which are 29 notes: the first one has nothing before it to be compared with.
        Assert.Equal((29, 1.0, 1), (report.LongestRun, report.CopiedShare, report.NearestPiece));
    }

    [Fact]
    public void A_quotation_within_new_music_is_as_long_as_it_is()
    {
        GridNote[] answer = [.. Tunes.Random(11, 20)];
        var end = answer[^1].EndTick;
        answer = [.. answer, .. Tunes.Moved(Known[2][40..52], end - Known[2][40].OnsetTick, 2)];
        end = answer[^1].EndTick;
        answer = [.. answer, .. Tunes.Moved(Tunes.Random(12, 20), end, 0)];
        var report = Meter.Measure(Role.Melody, [], answer);
        Assert.InRange(report.LongestRun, 11, 13);
        Assert.Equal(2, report.NearestPiece);
        Assert.InRange(report.CopiedShare, 0.05, 0.2);
    }

    [Fact]
    public void New_music_has_short_runs_and_no_copied_window()
    {
        for (var seed = 100; seed < 120; seed++)
        {
            var report = Meter.Measure(Role.Melody, [], Tunes.Random(seed, 64));
            Assert.True(report.LongestRun <= 4 && report.CopiedShare == 0, $"seed {seed}: {report}");
        }
    }

    [Fact]
    public void Scales_repeated_notes_and_arpeggios_are_nobodys()
    {
        GridNote[] commonplace =
        [
            .. Line(Enumerable.Range(0, 16).Select(i => 48 + (i * 12 / 7)), 0),
            .. Line(Enumerable.Repeat(60, 16), 16),
            .. Line(Enumerable.Range(0, 24).Select(i => (int[])[60, 67, 64, 67]).SelectMany(p => p).Take(40), 32),
        ];
        var meter = new OriginalityMeter(Tunes.Index(commonplace, Known[0]));
        var report = meter.Measure(Role.Melody, [], commonplace);
        Assert.InRange(report.LongestRun, 0, 8); // the first turn of the arpeggio, and the seams
    }

    [Fact]
    public void What_repeats_the_motif_is_reported_apart_even_where_the_motif_is_a_known_tune()
    {
        var motif = Known[0][..20];
        var end = motif[^1].EndTick;
        var answer = Tunes.Moved(motif, end, 4);
        var report = Meter.Measure(Role.Melody, motif, answer);
        Assert.InRange(report.MotifRun, 18, 20);
        Assert.True(report.MotifShare > 0.8, $"{report}");
        Assert.InRange(report.LongestRun, 0, 3);
    }

    [Fact]
    public void A_known_tune_that_is_played_on_is_a_copy()
    {
        var motif = Known[0][..20];
        var answer = Known[0][20..44];
        var report = Meter.Measure(Role.Melody, motif, answer);
        Assert.Equal((24, 25, 0), (report.Notes, report.LongestRun, report.NearestPiece));
        Assert.InRange(report.MotifRun, 0, 4);
    }

    [Fact]
    public void The_lowest_line_of_chords_is_compared_too()
    {
        var bass = Tunes.Moved(Known[1][..40], 0, -30);
        var above = Tunes.Moved(Tunes.Random(50, 60), 0, 12);
        var end = Math.Min(bass[^1].OnsetTick, above[^1].OnsetTick);
        GridNote[] answer = [.. bass.Concat(above).Where(n => n.OnsetTick < end).OrderBy(n => n.OnsetTick).ThenBy(n => n.Pitch)];
        Assert.Equal(1, Meter.Measure(Role.Piano, [], answer).NearestPiece);
    }

    [Fact]
    public void A_report_says_in_one_line_what_was_found()
    {
        var index = Tunes.Index(Known);
        var text = new OriginalityMeter(index).Measure(Role.Melody, [], Known[1].AsSpan(0, 30)).ToText(index);
        Assert.Equal("originality: original; longest run 29 notes, nearest Tune 1; 100 % of 8-note windows known; 0 % repeats the motif", text); // no scale: no verdict
        Assert.Equal("originality: not measured", OriginalityReport.Nothing.ToText(index));
    }

    [Fact]
    public void Drums_and_scraps_are_not_measured()
    {
        Assert.False(Meter.Measure(Role.Drums, [], Known[0]).IsMeasured);
        Assert.False(Meter.Measure(Role.Melody, [], Known[0].AsSpan(0, 2)).IsMeasured);
        Assert.False(Meter.Measure(Role.Melody, Known[0], []).IsMeasured);
    }

    [Fact]
    public void Measuring_allocates_nothing_after_the_first_time()
    {
        var (motif, answer) = (Known[0][..20], Tunes.Moved(Tunes.Random(30, 60), Known[0][20].OnsetTick, 0));
        for (var i = 0; i < 3; i++)
            Meter.Measure(Role.Melody, motif, answer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Meter.Measure(Role.Melody, motif, answer);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_scale_ranks_by_role_and_length_and_falls_back_to_all_roles()
    {
        var scale = new OriginalityScale();
        for (var i = 0; i < 100; i++)
        {
            scale.Add(Role.Melody, 16, longestRun: i / 10);
            scale.Add(Role.Chords, 16, longestRun: 20);
        }
        Assert.Equal(0.5, scale.Rank(Role.Melody, 20, longestRun: 5), 9);
        Assert.Equal(0.0, scale.Rank(Role.Chords, 20, longestRun: 10), 9);
        Assert.Equal(0.5, scale.Rank(Role.Bass, 20, longestRun: 12), 9);
        Assert.Equal(0.0, scale.Rank(Role.Melody, 70, longestRun: 40), 9); // nothing counted at this length
    }

    [Fact]
    public void A_few_borrowed_tunes_among_the_human_ones_do_not_hide_copies()
    {
        // Gumbel's distribution with location 6 and width 1.2, cut to whole notes; 2 in 100 passages are borrowed.
        var random = new Random(1);
        var scale = new OriginalityScale();
        for (var i = 0; i < 5000; i++)
            scale.Add(Role.Melody, 32, i % 50 == 0 ? 40 : (int)Math.Round(6 - (1.2 * Math.Log(-Math.Log(random.NextDouble())))));
        Assert.InRange(scale.RunAt(Role.Melody, 32, 0.99), 11, 14); // the exact quantile: 6 + 4.6 * 1.2 = 11.5
    }

    private static IEnumerable<GridNote> Line(IEnumerable<int> pitches, int firstNote) =>
        pitches.Select((pitch, i) => new GridNote((firstNote + i) * 12, 12, pitch, 80));
}
