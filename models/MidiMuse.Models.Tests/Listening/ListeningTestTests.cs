using System.Text.RegularExpressions;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Listening;

namespace MidiMuse.Models.Tests.Listening;

public class ListeningTestTests
{
    private static readonly Excerpt[] Excerpts = [.. Enumerable.Range(0, 4).Select(i => new Excerpt(
        $"piece {i}",
        new PhraseContext(Meter.CommonTime, Role.Melody, null),
        Line(0, 60 + i),
        Line(4 * 96, 67 - i),
        VelocityIsKnown: false))];

    [SynthesizerFact]
    public void The_page_holds_all_audio_equally_loud_and_does_not_say_who_is_who()
    {
        using var folder = new TemporaryFolder();
        ListeningTest.Write(folder.Path, "real / motif copy", Excerpts, [new TrueContinuation(), new CopyContinuation()], seed: 3, new Synthesizer(), () => { });
        var page = File.ReadAllText(Path.Combine(folder.Path, ListeningTest.PageFile));
        foreach (var telling in (string[])["real", "copy", "Markov", "piece 0", "lstm"])
            Assert.DoesNotContain(telling, Regex.Replace(page, "base64,[^\"]*", ""), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        Assert.Equal(8, Regex.Count(page, "data:audio/ogg;base64,T2dnUw")); // "OggS", the beginning of every Ogg page
        var key = ListeningKey.Read(Path.Combine(folder.Path, ListeningTest.KeyFile));
        Assert.Equal(4, key.Pairs.Count);
        Assert.All(key.Pairs, p => Assert.NotEqual(p.A, p.B));
        Assert.Equal([ListeningTest.KeyFile, ListeningTest.PageFile], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [SynthesizerFact]
    public void Loud_and_soft_clips_are_rendered_at_one_level()
    {
        using var folder = new TemporaryFolder();
        var synthesizer = new Synthesizer();
        foreach (var velocity in (int[])[60, 120])
        {
            var excerpt = Excerpts[0] with { VelocityIsKnown = true, Prime = [.. Excerpts[0].Prime.Select(n => n with { Velocity = velocity })] };
            var loudness = synthesizer.Render(ExcerptClip.Of(excerpt, [], "x"), Path.Combine(folder.Path, $"{velocity}.ogg"));
            Assert.Equal(Synthesizer.TargetLufs, loudness!.Value, 0.2);
        }
    }

    [Fact]
    public void A_clip_plays_prime_and_continuation_and_ends_with_it()
    {
        var clip = ExcerptClip.Of(Excerpts[0], Excerpts[0].Truth, "x");
        Assert.Equal(32, clip.Notes.Count());
        Assert.All(clip.Notes, n => Assert.Equal(80, n.Velocity));
        Assert.Equal(8 * 4 * clip.TicksPerQuarter, clip.EndTick);
        Assert.Equal(4 * 4 * 60 / ExcerptClip.Bpm, ExcerptClip.PrimeSeconds(Excerpts[0]), 9);
    }

    private static GridNote[] Line(long start, int pitch) => [.. Enumerable.Range(0, 16).Select(i => new GridNote(start + (i * 24), 24, pitch + (i % 5), 64))];

    /// <summary>Skipped, and saying so, where fluidsynth or a sound font is missing.</summary>
    private sealed class SynthesizerFactAttribute : FactAttribute
    {
        public SynthesizerFactAttribute()
        {
            if (!Synthesizer.IsInstalled || !Synthesizer.HasSoundFont)
                Skip = "fluidsynth and a General MIDI sound font are not installed (Debian: apt install fluidsynth timgm6mb-soundfont).";
        }
    }
}
