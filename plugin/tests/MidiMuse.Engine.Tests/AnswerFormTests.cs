using System.Collections.Immutable;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: what musicians mean with A A B A, measured as the share of a section's notes that come back at their place.</summary>
public class AnswerFormTests
{
    [Theory]
    [InlineData("AABA", "AABA")]
    [InlineData("a | a | b | a'", "AABA")]
    [InlineData("A, B, A, C", "ABAC")]
    public void Forms_are_read_as_people_write_them(string text, string letters) => Assert.Equal(letters, AnswerForm.TryParse(text, out _)!.Letters);

    [Theory]
    [InlineData("")]
    [InlineData("A 1 B")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_form_is_refused_with_a_reason(string text)
    {
        Assert.Null(AnswerForm.TryParse(text, out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void A_letter_returns_to_its_first_section_also_when_the_form_begins_again()
    {
        var form = AnswerForm.TryParse("AABA", out _)!;
        int?[] expected = [null, null, 0, 1, null, null, 0, 1, 0, 1, 0, 1, 4, 5, 0, 1];
        Assert.Equal(expected, Enumerable.Range(0, 16).Select(bar => form.SourceOf(bar, sectionBars: 2)));
    }

    [Theory]
    [InlineData(0.0, 1.0, 1.0)]
    [InlineData(0.3, 0.6, 0.95)]
    [InlineData(0.8, 0.05, 0.6)]
    public void A_section_that_returns_is_as_like_as_the_variation_allows_and_another_letter_is_not(double variation, double least, double most)
    {
        var (returned, other) = (0.0, 0.0);
        const int Seeds = 12;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var bars = Answer(seed, variation);
            Assert.Equal(16, bars.Length);
            Assert.All(bars, bar => Assert.NotEmpty(bar.Notes));
            returned += Likeness(bars, 0, 12) / Seeds;
            other += Likeness(bars, 0, 8) / Seeds;
        }
        Assert.InRange(returned, least, most);
        Assert.InRange(other, 0, 0.25);
    }

    [Fact]
    public void The_form_is_the_same_for_every_way_of_cutting_time_and_in_real_time()
    {
        var offline = Pitches(Render(true, 0.03));
        Assert.Equal(offline, Pitches(Render(true, 1.7)));
        Assert.Equal(offline, Pitches(Render(false, 0.05)));

        static ImmutableArray<AnswerBar> Render(bool isOffline, double block)
        {
            var host = Prepared(3, 0.3);
            host.Offline = isOffline;
            host.Start();
            host.PlayTo(80, block);
            return host.Loop.Planner.Bars;
        }
    }

    private static ImmutableArray<AnswerBar> Answer(int seed, double variation)
    {
        var host = Prepared(seed, variation);
        host.Start();
        host.PlayTo(80);
        return host.Loop.Planner.Bars;
    }

    private static FakeHost Prepared(int seed, double variation)
    {
        var host = new FakeHost(new ScriptedModel());
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 1);
        host.Set(ParameterId.AnswerLength, 16);
        host.Set(ParameterId.Seed, seed);
        host.Set(ParameterId.SectionBars, 4);
        host.Set(ParameterId.SectionVariation, variation);
        host.Do(new SetText(TextTable.Form, "A A B A"));
        host.Set(ParameterId.Form, AnswerParameters.FormAsTyped);
        host.Schedule(Phrase.Parse("c4q d4q e4q"));
        return host;
    }

    private static string Pitches(ImmutableArray<AnswerBar> bars) => AnswerCommandsTests.Pitches(bars);

    /// <summary>Share of four bars' notes that stand at the same place of four others.</summary>
    private static double Likeness(ImmutableArray<AnswerBar> bars, int first, int second)
    {
        var shiftPpq = bars[second].StartPpq - bars[first].StartPpq;
        var notes = bars.Skip(first).Take(4).SelectMany(bar => bar.Notes).ToArray();
        var others = bars.Skip(second).Take(4).SelectMany(bar => bar.Notes).Select(note => (Math.Round(note.OnsetPpq, 6), note.Pitch)).ToHashSet();
        return notes.Count(note => others.Contains((Math.Round(note.OnsetPpq + shiftPpq, 6), note.Pitch))) / (double)notes.Length;
    }
}
