using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Variation, morph and surprise with the shipped VAE and GAN; what continues is scripted, so that its bars can be told apart.</summary>
public class MaterialTests
{
    private const string Tune = "f#4q f#4q g4q a4q a4q g4q f#4q e4q";
    private const string OtherTune = "d5e c#5e b4q a4h b4e a4e g4q f#4h";
    private const double AnswerPpq = 8;

    [Fact]
    public void A_variation_by_nothing_is_the_motif_again()
    {
        var heard = Render(Material.Variation, host => host.Set(ParameterId.Variation, 0));
        Assert.Equal(Pitches(Phrase.Parse(Tune, AnswerPpq)), Pitches(heard.Where(n => n.OnsetPpq < AnswerPpq + 8)));
    }

    /// <summary>Seeds 1..12. D major is what the motif's key and the scale lock make.</summary>
    [Fact]
    public void More_variation_is_further_from_the_motif_and_keeps_to_the_scale()
    {
        var motif = Pitches(Phrase.Parse(Tune, AnswerPpq)).ToHashSet();
        double Likeness(double amount) => Enumerable.Range(1, 12).Average(seed =>
        {
            var heard = Render(Material.Variation, host =>
            {
                host.Set(ParameterId.Variation, amount);
                host.Set(ParameterId.Seed, seed);
            });
            Assert.All(heard, note => Assert.Contains(note.Pitch % 12, (int[])[1, 2, 4, 6, 7, 9, 11]));
            return Pitches(heard.Where(n => n.OnsetPpq < AnswerPpq + 8)).Count(motif.Contains) / (double)motif.Count;
        });
        var (little, much) = (Likeness(0.3), Likeness(1));
        Assert.True(little > 0.6 && much < little - 0.2, $"little {little}, much {much}");
    }

    [Theory]
    [InlineData(Material.Variation)]
    [InlineData(Material.Morph)]
    [InlineData(Material.Surprise)]
    public void The_answer_is_the_same_for_every_way_of_cutting_time_into_blocks(Material material)
    {
        var reference = Render(material, WithTarget, 0.01);
        Assert.NotEmpty(reference);
        Assert.Equal(reference, Render(material, WithTarget, 1.7));
        Assert.Equal(reference, Render(material, WithTarget, 0.37));
    }

    [Fact]
    public void A_morph_ends_at_the_kept_motif()
    {
        var heard = Render(Material.Morph, host =>
        {
            WithTarget(host);
            host.Set(ParameterId.Morph, 1);
        });
        Assert.Equal(Pitches(Phrase.Parse(OtherTune, AnswerPpq)), Pitches(heard.Where(n => n.OnsetPpq < AnswerPpq + 8)));
    }

    [Fact]
    public void Turning_the_morph_during_the_answer_changes_the_bars_after_it()
    {
        var still = Render(Material.Morph, WithTargetAtTheStart);
        var turned = Render(Material.Morph, host =>
        {
            WithTargetAtTheStart(host);
            host.ScheduleParameter(12.5, ParameterId.Morph, 1);
        });
        Assert.Equal(Pitches(still.Where(n => n.OnsetPpq < 16)), Pitches(turned.Where(n => n.OnsetPpq < 16)));
        Assert.NotEqual(Pitches(still.Where(n => n.OnsetPpq >= 20)), Pitches(turned.Where(n => n.OnsetPpq >= 20)));
    }

    [Fact]
    public void Without_a_kept_motif_a_morph_is_a_continuation()
    {
        using var model = Model();
        Play(model, Material.Morph, static _ => { }, 0.03);
        Assert.True(model.BarsMade > 0);
    }

    [Fact]
    public void Keep_for_morph_keeps_the_motif_that_was_played()
    {
        using var model = Model();
        var host = Play(model, Material.Continuation, host => host.ScheduleParameter(14, ParameterId.KeepForMorph, 1), 0.03);
        Assert.True(MotifText.TryParse(host.Texts[TextTable.Morph], out var kept));
        Assert.Equal(Pitches(Phrase.Parse(Tune)), Pitches(kept!.Notes));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    public void Surprises_come_as_often_as_asked_and_the_model_makes_the_other_bars(int choice, int surprisesInFourBars)
    {
        using var model = Model();
        Play(model, Material.Surprise, host =>
        {
            host.Set(ParameterId.SurpriseEvery, choice);
            host.Set(ParameterId.AnswerLength, 4);
        }, 0.03);
        Assert.Equal(4 - surprisesInFourBars, model.BarsMade);
    }

    /// <summary>Random motifs, seeds 0..99.</summary>
    [Fact]
    public void A_motif_survives_as_text()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var meter = new Meter(random.Next(2, 8), 4);
            var notes = Enumerable.Range(0, random.Next(1, 30))
                .Select(_ => (On: GridTime.ToPpq(random.Next(2 * meter.BarTicks)), Pitch: (byte)random.Next(128)))
                .OrderBy(n => n.On).ThenBy(n => n.Pitch).DistinctBy(n => n.On)
                .Select(n => new TimelineNote(n.On, n.On + GridTime.ToPpq(1 + random.Next(2)), 9, n.Pitch, (byte)random.Next(1, 128)));
            var motif = new Motif(0, 2 * meter.BarPpq, meter, [.. notes]);
            Assert.True(MotifText.TryParse(MotifText.Write(motif), out var read));
            Assert.Equal(motif.ToGrid(), read!.ToGrid());
            Assert.Equal((motif.Meter, motif.EndPpq, motif.Channel), (read.Meter, read.EndPpq, read.Channel));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("4/4 1 bars ch 1 |")]
    [InlineData("4/4 1 bars ch 1 0:24:60:80")]
    [InlineData("4/5 1 bars ch 1 | 0:24:60:80")]
    [InlineData("4/4 99 bars ch 1 | 0:24:60:80")]
    [InlineData("4/4 1 bars ch 17 | 0:24:60:80")]
    [InlineData("4/4 1 bars ch 1 | 96:24:60:80")]
    [InlineData("4/4 1 bars ch 1 | 0:0:60:80")]
    [InlineData("4/4 1 bars ch 1 | 0:24:128:80")]
    [InlineData("4/4 1 bars ch 1 | 0:24:60:0")]
    [InlineData("4/4 1 bars ch 1 | 0:24:60")]
    [InlineData("4/4 1 bars ch 1 | -1:24:60:80")]
    public void What_is_no_motif_is_refused(string text) => Assert.False(MotifText.TryParse(text, out _));

    private static ScriptedModel Model() => new() { Patterns = PatternComposer.Load(Weights("vae"), Weights("gan")) };

    private static string Weights(string model)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MidiMuse.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "models", "weights", model);
    }

    private static void WithTarget(FakeHost host) =>
        host.Texts.Set(TextTable.Morph, MotifText.Write(new Motif(0, 8, Meter.CommonTime, [.. Phrase.Parse(OtherTune)])));

    private static void WithTargetAtTheStart(FakeHost host)
    {
        WithTarget(host);
        host.Set(ParameterId.Morph, 0);
    }

    private static IReadOnlyList<TimelineNote> Render(Material material, Action<FakeHost> prepare, double blockPpq = 0.03)
    {
        using var model = Model();
        return Play(model, material, prepare, blockPpq).Heard;
    }

    private static FakeHost Play(ScriptedModel model, Material material, Action<FakeHost> prepare, double blockPpq)
    {
        var host = new FakeHost(model);
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 2);
        host.Set(ParameterId.AnswerLength, 4);
        host.Set(ParameterId.Material, (int)material);
        prepare(host);
        host.Schedule(Phrase.Parse(Tune));
        host.Start();
        host.PlayTo(26, blockPpq);
        return host;
    }

    private static IEnumerable<(double, byte)> Pitches(IEnumerable<TimelineNote> notes) => notes.Select(n => (Math.Round(n.OnsetPpq, 6), n.Pitch));
}
