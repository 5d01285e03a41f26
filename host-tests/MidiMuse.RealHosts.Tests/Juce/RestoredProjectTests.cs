namespace MidiMuse.RealHosts.Tests.Juce;

/// <summary>
/// A project is saved after the player has changed controls, chosen a candidate, made the answer anew and gone back and
/// forth, and opened again in another process. Oracle: the same project going on without that. Offline, in a loop: the
/// answer lies from 8 to 24, and each pass of 28 quarters plays it as it is by then.
/// </summary>
public sealed class RestoredProjectTests
{
    private const double PassPpq = 28;

    private static readonly Scenario Scenario = new(Motif.CommonTime, AnswerBars: 4, Bpm: 120);

    private static readonly string[] Controls =
    [
        "Key=D", "Scale=Dorian", "Candidates=3", "Density=#0.4", "Groove=Swing 1/8", "Groove amount=#0.6", "Leaps=#0.2", "Softest=#0.5", "Loudest=#0.8", "Seed=#0.0123", "Ending=Cadence",
    ];

    /// <summary>In the order of a session: another candidate, the next one, all anew, back, forth, kept. A button acts when it goes on.</summary>
    private static readonly (double Ppq, string Setting)[] Edits =
    [
        (13.3, "Candidate=3"), (15.2, "Next candidate=On"), (25.1, "Regenerate=On"), (25.3, "Regenerate=Off"), (25.6, "Undo=On"), (26.1, "Redo=On"), (26.4, "Accept=On"),
    ];

    [JuceFact]
    public void The_answer_is_note_for_note_what_it_was()
    {
        var state = StateFile();
        var before = Play(passes: 2, "--save-state", state);
        var edited = Pass(before, 1);
        Assert.NotEmpty(edited);
        Assert.NotEqual(edited.Select(note => (note.OnsetPpq, note.Pitch)), Pass(before, 0).Select(note => (note.OnsetPpq, note.Pitch)));

        var after = Reopen(state, passes: 1);
        AssertSame(edited, Pass(after, 0), after);
        Assert.Equal(Kept(before), Kept(after));
    }

    [JuceFact]
    public void Another_candidate_and_another_take_are_the_same_after_reopening_as_without()
    {
        var state = StateFile();
        Play(passes: 2, "--save-state", state);
        foreach (var setting in new[] { "Regenerate=On", "Candidate=2" })
        {
            var without = Play(passes: 3, "--set-at", Scenario.Number(PassPpq + 26), setting);
            var reopened = Reopen(state, passes: 2, "--set-at", "26", setting);
            Assert.NotEqual(Pass(without, 1).Select(note => (note.OnsetPpq, note.Pitch)), Pass(without, 2).Select(note => (note.OnsetPpq, note.Pitch)));
            AssertSame(Pass(without, 2), Pass(reopened, 1), reopened);
        }
    }

    [JuceFact]
    public void An_accompaniment_is_note_for_note_what_it_was()
    {
        var motif = Scenario.Motif.WriteTo(Repository.NewWorkFolder("motif"));
        var state = StateFile();
        string[] options = ["--motif", motif, "--offline", "--bpm", "120", "--set", "Arm=On", "--set", "Mode=Accompany", "--set", "Capture=1 bar", "--set", "Answer length=5 bars", "--set", "Thru=Off"];
        var before = JuceHost.Run([.. options, "--stop", "28", "--save-state", state]);
        var answer = before.Only.PairedNotes();
        Assert.Contains(answer, note => note.OnsetPpq is >= 4 and < 8);
        Assert.All(answer, note => Assert.Equal(1, note.Channel));
        var after = JuceHost.Run("--load-state", state, "--offline", "--stop", "28");
        AssertSame(answer, after.Only.PairedNotes(), after);
    }

    /// <summary>Automation in the middle of bars, some of it between the last look at a bar and its line.</summary>
    [JuceFact]
    public void Automated_controls_give_the_same_notes_for_every_block_size()
    {
        var motif = Scenario.Motif.WriteTo(Repository.NewWorkFolder("motif"));
        string[] automation =
        [
            "--set-at", "9.5", "Density=#0.5", "--set-at", "13.2", "Low note=C4", "--set-at", "13.6", "Articulation=#0.1", "--set-at", "17.5", "Keep=Rhythm", "--set-at", "18.2", "Chord tones=#1",
        ];
        JuceRun Run(params string[] blocks) => JuceHost.Run([.. Scenario.JuceOptions(motif), "--offline", .. automation, .. blocks]);
        var first = Run("--block", "512").Only.Events.Select(midi => midi.Exactly).ToList();
        Assert.Equal(first, Run("--block", "64").Only.Events.Select(midi => midi.Exactly));
        Assert.Equal(first, Run("--block", "3000", "--random-blocks", "41").Only.Events.Select(midi => midi.Exactly));
        var without = JuceHost.Run([.. Scenario.JuceOptions(motif), "--offline"]).Only.Events.Select(midi => midi.Exactly);
        Assert.NotEqual(first, without);
    }

    private static JuceRun Play(int passes, params string[] options)
    {
        var motif = Scenario.Motif.WriteTo(Repository.NewWorkFolder("motif"));
        return JuceHost.Run(
        [
            .. Scenario.JuceOptions(motif), "--offline", "--live", "--loop", "0", Scenario.Number(PassPpq), "--stop", Scenario.Number(passes * PassPpq),
            .. Controls.SelectMany(setting => new[] { "--set", setting }),
            .. Edits.SelectMany(edit => new[] { "--set-at", Scenario.Number(edit.Ppq), edit.Setting }),
            .. options,
        ]);
    }

    private static JuceRun Reopen(string state, int passes, params string[] options) =>
        JuceHost.Run(["--load-state", state, "--offline", "--bpm", "120", "--loop", "0", Scenario.Number(PassPpq), "--stop", Scenario.Number(passes * PassPpq), .. options]);

    private static string StateFile() => Path.Combine(Repository.NewWorkFolder("state"), "state.bin");

    /// <summary>The answer's notes in a pass, from its start.</summary>
    private static List<HostNote> Pass(JuceRun run, int pass) =>
    [
        .. run.Only.PairedNotes()
            .Select(note => note with { OnsetPpq = note.OnsetPpq - (pass * PassPpq), EndPpq = note.EndPpq - (pass * PassPpq) })
            .Where(note => note.OnsetPpq >= Scenario.AnswerStartPpq - 1e-3 && note.OnsetPpq < PassPpq - 1e-3),
    ];

    private static void AssertSame(IReadOnlyList<HostNote> expected, IReadOnlyList<HostNote> actual, JuceRun run) =>
        HostNote.AssertSame(expected, actual, 1.5 * Scenario.Bpm / 60 / run.SampleRateHz);

    private static IEnumerable<(string, double)> Kept(JuceRun run) =>
        run.Only.Parameters.Where(parameter => parameter.Automatable && parameter.Steps != 1).Select(parameter => (parameter.Name, parameter.Value));
}
