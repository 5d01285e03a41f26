using MidiMuse.Core.Clips;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: plugin/docs/COMMANDS.md, and what the lines of it do to an instance without a host.</summary>
public sealed class CommandTableTests : IDisposable
{
    private readonly EngineInstance _engine = new(new SilentLink(), new ScriptedModel(), null);
    private readonly string _folder = Directory.CreateTempSubdirectory("midimuse").FullName;

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_page_shows_every_command_as_the_table_has_it()
    {
        var page = File.ReadAllLines(Path.Combine(RepositoryRoot(), "plugin", "docs", "COMMANDS.md"));
        var rows = page.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        Assert.Equal(CommandTable.All.Select(Row), rows);

        static string Row(CommandDefinition definition) => $"| `{definition.Verb}{(definition.Arguments.Length > 0 ? " " : "")}{definition.Arguments}` | {definition.Help} |";
    }

    [Fact]
    public void What_is_no_command_or_lacks_what_it_needs_is_refused_with_a_reason()
    {
        string[] lines = ["", "dance", "set", "set Seed", "set NoSuch=1", "set Seed=many", "candidate x", "regenerate 0", "regenerate 3-2", "regenerate", "lock", "lock 1.5", "recall 7", "load-motif", "load-motif /no/such/file.mid", "save-clip /tmp/none.mid", "undo", "compare", "learn Status", "learn NoSuch", "text nothing x", "capture-chords", "text chords IX V", "load-motif /no/such/file.wav"];
        foreach (var line in lines)
        {
            var reply = CommandTable.Run(_engine, line);
            Assert.False(reply.Ok, line);
            Assert.False(string.IsNullOrWhiteSpace(reply.Message), line);
        }
    }

    [Fact]
    public void A_motif_file_becomes_an_answer_and_the_answer_a_file_without_any_transport()
    {
        var motif = Path.Combine(_folder, "motif.mid");
        using (var stream = File.Create(motif))
            ClipWriter.Write(new Clip { Tracks = [new ClipTrack("x", [new ClipNote(0, 960, 60, 80), new ClipNote(960, 960, 64, 80), new ClipNote(3840, 960, 67, 80)])], Meters = [new MeterChange(0, new(4, 4))], EndTick = 7680 }, stream);
        Assert.True(CommandTable.Run(_engine, "set Answer length=4 bars").Ok);
        var reply = CommandTable.Run(_engine, "load-motif " + motif);
        Assert.True(reply.Ok, reply.Message);
        Assert.Equal(4, _engine.Snapshot().Answer.Length);

        var both = Path.Combine(_folder, "both.mid");
        Assert.True(CommandTable.Run(_engine, "save-both " + both).Ok);
        var clip = Read(both);
        Assert.Equal(["Motif", "MidiMuse answer"], clip.Tracks.Select(track => track.Name));
        Assert.Equal(6 * 3840, clip.EndTick);
        Assert.NotNull(clip.Key);
        Assert.Contains(clip.Texts, text => text.Text.Contains("model scripted", StringComparison.Ordinal) && text.Text.Contains("seed 1;", StringComparison.Ordinal));

        var answer = Path.Combine(_folder, "answer.mid");
        Assert.True(CommandTable.Run(_engine, "save-clip " + answer).Ok);
        Assert.Equal(_engine.Snapshot().Answer.Sum(bar => bar.Notes.Length), Read(answer).Notes.Count());
        Assert.Equal(4 * 3840, Read(answer).EndTick);
    }

    [Fact]
    public void Each_export_is_a_file_of_its_own_and_the_instance_does_not_play_it_as_well()
    {
        Assert.True(_engine.Run(new LoadMotif(AnswerCommandsTests.MotifOf("c4q d4q e4q"))).Ok);
        var first = CommandTable.Run(_engine, "export");
        Thread.Sleep(2); // names carry milliseconds
        var second = CommandTable.Run(_engine, "export");
        Assert.True(first.Ok && second.Ok);
        Assert.NotEqual(first.Message, second.Message);
        Assert.Equal(Read(first.Message!).Notes, Read(second.Message!).Notes);
        Assert.True(_engine.Snapshot().IsMuted);
        File.Delete(first.Message!);
        File.Delete(second.Message!);
    }

    [Fact]
    public void A_preset_file_brings_its_settings_to_another_instance_and_leaves_switches_alone()
    {
        CommandTable.Run(_engine, "set Temperature=1.5");
        CommandTable.Run(_engine, "set Scale=Dorian");
        CommandTable.Run(_engine, "arm on");
        var path = Path.Combine(_folder, "calm.json");
        Assert.True(CommandTable.Run(_engine, "save-preset " + path).Ok);

        using var other = new EngineInstance(new SilentLink(), new ScriptedModel(), null);
        Assert.True(CommandTable.Run(other, "load-preset " + path).Ok);
        Assert.Equal(1.5, other.Parameters.Plain(ParameterId.Temperature), 9);
        Assert.Equal(_engine.Parameters.Index(ParameterId.Scale), other.Parameters.Index(ParameterId.Scale));
        Assert.False(other.Parameters.IsOn(ParameterId.Arm));
        File.WriteAllText(path, "{}");
        Assert.False(CommandTable.Run(other, "load-preset " + path).Ok);
    }

    /// <summary>With an answer and without one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Undo_takes_back_all_that_plain_words_have_set_and_redo_sets_it_again(bool hasAnswer)
    {
        if (hasAnswer)
            Assert.True(_engine.Run(new LoadMotif(AnswerCommandsTests.MotifOf("c4q d4q e4q"))).Ok);
        CommandTable.Run(_engine, "set Density=2");
        CommandTable.Run(_engine, "text chords Am");
        var before = SettingsNow();
        var reply = CommandTable.Run(_engine, "say sparser, walking bass in D minor over ii V I, ends softly, with cowbell");
        Assert.True(reply.Ok, reply.Message);
        Assert.Contains("not understood: cowbell", reply.Message, StringComparison.Ordinal);
        var after = SettingsNow();
        Assert.True(before.Zip(after).Count(pair => pair.First != pair.Second) >= 8);

        Assert.True(CommandTable.Run(_engine, "undo").Ok);
        Assert.Equal(before, SettingsNow());
        Assert.True(CommandTable.Run(_engine, "redo").Ok);
        Assert.Equal(after, SettingsNow());
    }

    [Fact]
    public void Everything_around_the_answer_survives_a_state()
    {
        _engine.Run(new LoadMotif(AnswerCommandsTests.MotifOf("c4q d4q e4q")));
        _engine.Run(new LockBars(new BarRange(0, 0), IsLocked: true));
        _engine.Run(new Accept());
        _engine.Run(new Regenerate(new BarRange(1, 2)));
        _engine.Run(new StopAfterCommit());

        using var other = new EngineInstance(new SilentLink(), new ScriptedModel(), null);
        Assert.True(other.SetState(_engine.GetState()));
        var (before, after) = (_engine.Snapshot(), other.Snapshot());
        Assert.Equal(AnswerCommandsTests.Pitches(before.Answer), AnswerCommandsTests.Pitches(after.Answer));
        Assert.Equal(before.Locked.ToArray(), after.Locked.ToArray());
        Assert.Equal(before.History.Select(entry => (entry.Id, entry.Title, entry.IsFavourite, AnswerCommandsTests.Pitches(entry.Bars))), after.History.Select(entry => (entry.Id, entry.Title, entry.IsFavourite, AnswerCommandsTests.Pitches(entry.Bars))));
        Assert.Equal(before.Redone, after.Redone);
        Assert.True(after.IsMuted);
        Assert.Equal(_engine.GetState(), other.GetState());
        Assert.True(other.Run(new Recall(after.History[0].Id)).Ok);
    }

    [Fact]
    public void State_snapshot_and_parameters_are_there_while_the_model_is_busy()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var model = new ScriptedModel
        {
            IsSlow = () =>
            {
                entered.Set();
                release.Wait();
                return false;
            },
        };
        using var engine = new EngineInstance(new SilentLink { IsRunning = true }, model, null);
        engine.SetActive(true);
        engine.Post(new LoadMotif(AnswerCommandsTests.MotifOf("c4q d4q e4q")));
        entered.Wait();

        // The model holds the engine's thread from here on: whatever waited for it would wait for ever.
        engine.SetParameter(ParameterId.Seed, 0.5);
        Assert.Equal(0.5, engine.Parameters.Latest(ParameterId.Seed));
        Assert.Equal(0.5, (double)System.Text.Json.Nodes.JsonNode.Parse(engine.GetState())!["parameters"]!["seed"]!);
        Assert.NotNull(engine.Snapshot());
        engine.Post(new Undo());
        Assert.False(release.IsSet);
        release.Set();
    }

    private string[] SettingsNow() =>
        [.. ParameterTable.All.Where(definition => !definition.ReadOnly).Select(definition => $"{definition.Key}={_engine.Parameters.Plain(definition.Id):0.####}"), $"chords={_engine.Texts[TextTable.Chords]}"];

    private static Clip Read(string path)
    {
        using var stream = File.OpenRead(path);
        return ClipReader.Read(stream);
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MidiMuse.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests do not run below the repository.");
    }
}
