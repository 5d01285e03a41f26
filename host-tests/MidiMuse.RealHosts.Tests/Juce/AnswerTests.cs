using Xunit.Abstractions;

namespace MidiMuse.RealHosts.Tests.Juce;

/// <summary>
/// The path of a note through JUCE's own VST3 wrapper. Offline, so that every run waits for the engine and is exact.
/// Oracles: bar lines computed from tempo and meter; the same run with other block sizes.
/// </summary>
public sealed class AnswerTests
{
    private readonly ITestOutputHelper _output;

    public AnswerTests(ITestOutputHelper output) => _output = output;

    [JuceTheory]
    [InlineData("4/4", 120)]
    [InlineData("3/4", 97.3)]
    [InlineData("6/8", 151)]
    public void The_answer_begins_on_the_bar_line_after_the_motif(string meter, double bpm)
    {
        var scenario = new Scenario(Motif.In(meter), AnswerBars: 2, bpm);
        var run = Play(scenario, "--random-blocks", "31");
        AssertMotifThenAnswer(scenario, run);
        Assert.Equal(new EngineCounters(false, false, false), EngineCounters.Of(name => run.Only.Parameter(name).Value));
        Assert.Equal(0, run.Only.Peak);
    }

    [JuceFact]
    public void Block_sizes_do_not_change_the_answer()
    {
        var scenario = new Scenario(Motif.CommonTime, AnswerBars: 2, Bpm: 120);
        var first = Play(scenario, "--block", "512");
        Assert.NotEmpty(Answer(scenario, first));
        var expected = first.Only.Events.Select(midi => midi.Exactly).ToList();
        Assert.Equal(expected, Play(scenario, "--block", "64").Only.Events.Select(midi => midi.Exactly));
        Assert.Equal(expected, Play(scenario, "--block", "4096").Only.Events.Select(midi => midi.Exactly));
        Assert.Equal(expected, Play(scenario, "--block", "3000", "--random-blocks", "32").Only.Events.Select(midi => midi.Exactly));
    }

    [JuceFact]
    public void A_play_head_in_ticks_moves_the_answer_by_less_than_a_tick()
    {
        var scenario = new Scenario(Motif.CommonTime, AnswerBars: 2, Bpm: 120);
        var exact = Play(scenario, "--block", "256");
        Assert.NotEmpty(Answer(scenario, exact));
        var inTicks = Play(scenario, "--block", "256", "--ppq-ticks", "1920");
        HostNote.AssertSame(exact.Only.PairedNotes(), inTicks.Only.PairedNotes(), 1 / 1920.0);
    }

    [JuceFact]
    public void A_change_of_tempo_keeps_the_answer_on_the_grid()
    {
        const int blockSamples = 64;
        var scenario = new Scenario(Motif.CommonTime, AnswerBars: 3, Bpm: 120);
        var expected = Play(scenario);
        Assert.NotEmpty(Answer(scenario, expected));
        var run = Play(scenario, "--bpm-at", "9.7=83", "--bpm-at", "13.2=177", "--block", $"{blockSamples}");
        // The host names one tempo a block: within the block of a change the two may differ.
        HostNote.AssertSame(expected.Only.PairedNotes(), run.Only.PairedNotes(), blockSamples * OneSamplePpq(scenario, run));
    }

    [JuceFact]
    public void Four_instances_with_one_seed_give_one_answer()
    {
        var scenario = new Scenario(Motif.CommonTime, AnswerBars: 1, Bpm: 120);
        var run = Play(scenario, "--instances", "4");
        Assert.Equal(4, run.Instances.Length);
        Assert.Contains(run.Instances[0].Events, midi => midi.IsNoteOn && midi.TimelinePpq >= scenario.AnswerStartPpq);
        foreach (var instance in run.Instances)
            Assert.Equal(run.Instances[0].Events.Select(midi => midi.Exactly), instance.Events.Select(midi => midi.Exactly));
    }

    [JuceTheory]
    [InlineData("--block", "512")]
    [InlineData("--random-blocks", "41", "--cross-loop-end")]
    public void Looping_leaves_nothing_sounding_across_the_wrap(params string[] options)
    {
        // Two bars of motif, an answer that lasts: the loop ends in its second bar, off the beat.
        var scenario = new Scenario(Motif.CommonTime, AnswerBars: 16, Bpm: 120);
        const double loopEndPpq = 14.3;
        var run = Play(scenario, ["--loop", "8", Scenario.Number(loopEndPpq), "--stop", "40", .. options]);
        var notes = run.Only.PairedNotes();
        Assert.Contains(notes, note => note.OnsetPpq > loopEndPpq);
        var oneSamplePpq = OneSamplePpq(scenario, run);
        for (var wrapPpq = loopEndPpq; wrapPpq < 40; wrapPpq += loopEndPpq - 8)
            Assert.DoesNotContain(notes, note => note.OnsetPpq < wrapPpq - oneSamplePpq && note.EndPpq > wrapPpq + oneSamplePpq);
    }

    [JuceFact]
    public void Stopping_releases_the_answer()
    {
        var scenario = new Scenario(Motif.CommonTime, AnswerBars: 8, Bpm: 120);
        var cutNotes = 0;
        for (var stopPpq = 9.13; stopPpq < 12; stopPpq += 0.6)
        {
            var run = Play(scenario, "--stop", Scenario.Number(stopPpq));
            var oneSamplePpq = OneSamplePpq(scenario, run);
            Assert.All(run.Only.PairedNotes(), note => Assert.InRange(note.EndPpq, 0, stopPpq + oneSamplePpq));
            cutNotes += Answer(scenario, run).Count(note => note.EndPpq > stopPpq - oneSamplePpq);
        }
        Assert.NotEqual(0, cutNotes);
    }

    [JuceFact]
    public void A_restored_state_plays_the_same_answer_at_the_same_place()
    {
        var scenario = new Scenario(Motif.CommonTime, AnswerBars: 2, Bpm: 120);
        var state = Path.Combine(Repository.NewWorkFolder("state"), "state.bin");
        var first = Play(scenario, "--save-state", state);
        Assert.NotEmpty(Answer(scenario, first));
        var restored = JuceHost.Run("--load-state", state, "--offline", "--stop", Scenario.Number(scenario.StopPpq));
        HostNote.AssertSame(Answer(scenario, first), restored.Only.PairedNotes(), OneSamplePpq(scenario, first));
        Assert.Equal(Kept(first), Kept(restored));

        static IEnumerable<(string, double)> Kept(JuceRun run) =>
            run.Only.Parameters.Where(parameter => parameter.Automatable).Select(parameter => (parameter.Name, parameter.Value));
    }

    /// <remarks>
    /// At 6000 bpm a bar lasts 40 ms: the model cannot make the first bar in what is left after the motif. The answer
    /// may then differ from the offline one, because its first bar is drawn before the motif is over; what it lacks is counted.
    /// </remarks>
    [JuceTheory]
    [InlineData(2, 300)]
    [InlineData(4, 6000)]
    public void In_real_time_the_answer_is_in_time_or_the_counters_say_so(int answerBars, double bpm)
    {
        var scenario = new Scenario(Motif.CommonTime, answerBars, bpm);
        var motif = scenario.Motif.WriteTo(Repository.NewWorkFolder("motif"));
        var run = JuceHost.Run([.. scenario.JuceOptions(motif), "--realtime", "--block", "64", "--settle", "0.5"]);
        _output.WriteLine($"process() {run.Only.ProcessMicroseconds}");
        AssertMotifThenAnswer(scenario, run);
    }

    private static JuceRun Play(Scenario scenario, params IEnumerable<string> options)
    {
        var motif = scenario.Motif.WriteTo(Repository.NewWorkFolder("motif"));
        return JuceHost.Run([.. scenario.JuceOptions(motif), "--offline", .. options]);
    }

    private void AssertMotifThenAnswer(Scenario scenario, JuceRun run)
    {
        var oneSamplePpq = OneSamplePpq(scenario, run);
        var notes = run.Only.PairedNotes();
        var answer = Answer(scenario, run);
        foreach (var note in answer)
            _output.WriteLine(note.ToString());

        var before = run.Only.Events.Where(midi => midi.TimelinePpq < scenario.AnswerStartPpq - oneSamplePpq).Select(midi => midi.Exactly);
        Assert.Equal(run.Input.Select(midi => midi.Exactly), before);

        var counters = EngineCounters.Of(name => run.Only.Parameter(name).Value);
        _output.WriteLine(counters.ToString());
        if (!counters.HadShortfalls)
            Assert.Contains(answer, note => note.OnsetPpq < scenario.AnswerStartPpq + scenario.Meter.BarPpq);
        Assert.Equal(notes.Count, run.Input.Count(midi => midi.IsNoteOn) + answer.Count);
        Assert.All(answer, note => Assert.True(note.EndPpq <= scenario.AnswerEndPpq + oneSamplePpq, $"{note} ends after the answer."));
        if (!counters.HadLateNotes)
            Assert.All(answer, note => note.AssertBeginsOnGrid(scenario.AnswerStartPpq, oneSamplePpq));
    }

    private static List<HostNote> Answer(Scenario scenario, JuceRun run) =>
        [.. run.Only.PairedNotes().Where(note => note.OnsetPpq >= scenario.AnswerStartPpq - OneSamplePpq(scenario, run))];

    private static double OneSamplePpq(Scenario scenario, JuceRun run) => scenario.Bpm / 60 / run.SampleRateHz;
}
