using MidiMuse.Core.Time;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: what a player means with a channel, a pedal, a knob and an MPE keyboard.</summary>
public class MidiInputTests
{
    [Fact]
    public void Only_the_input_channel_is_heard()
    {
        var host = Armed();
        host.Set(ParameterId.InputChannel, 3);
        host.Schedule(Phrase.Parse("c4q d4q", channel: 0));
        host.Schedule(Phrase.Parse("e4q f4q", channel: 2));
        host.Start();
        host.PlayTo(6);
        Assert.Equal([64, 65], host.Loop.Planner.Motif!.Notes.Select(note => (int)note.Pitch));
    }

    [Theory]
    [InlineData(true, 3.0)]
    [InlineData(false, 0.95)]
    public void A_held_pedal_prolongs_notes_until_it_is_lifted(bool isPedalOn, double expectedEndPpq)
    {
        var host = Armed();
        host.Set(ParameterId.SustainPedal, isPedalOn ? 1 : 0);
        host.ScheduleController(0.1, 0, 64, 1);
        host.Schedule(Phrase.Parse("c4q e4q"));
        host.ScheduleController(3, 0, 64, 0);
        host.Start();
        host.PlayTo(6);
        Assert.Equal(expectedEndPpq, host.Loop.Planner.Motif!.Notes[0].EndPpq, 6);
    }

    [Fact]
    public void Under_the_pedal_a_pitch_ends_where_it_is_struck_again_and_nothing_rings_for_ever()
    {
        var recorder = new MotifRecorder();
        recorder.Begin(0, Meter.CommonTime);
        recorder.Pedal(0, 0, isDown: true);
        recorder.NoteOn(0, 0, 60, 80);
        recorder.NoteOff(0.5, 0, 60);
        recorder.NoteOn(2, 0, 60, 80);
        recorder.NoteOff(2.5, 0, 60);
        var notes = recorder.ToMotif(16).Notes;
        Assert.Equal([2, 6.5], notes.Select(note => note.EndPpq));
    }

    [Fact]
    public void Notes_of_one_pitch_on_different_channels_end_with_their_own_note_off()
    {
        var recorder = new MotifRecorder();
        recorder.Begin(0, Meter.CommonTime);
        recorder.NoteOn(0, 1, 60, 80);
        recorder.NoteOn(1, 2, 60, 90);
        recorder.NoteOff(3, 2, 60);
        recorder.NoteOff(2, 1, 60);
        Assert.Equal([(1, 2.0), (2, 3.0)], recorder.ToMotif(4).Notes.Select(note => ((int)note.Channel, note.EndPpq)));
    }

    [Fact]
    public void Bend_and_pressure_of_an_mpe_keyboard_change_nothing_and_are_not_learned()
    {
        var plain = Armed();
        var bent = Armed();
        foreach (var host in (FakeHost[])[plain, bent])
        {
            for (byte channel = 1; channel <= 4; channel++)
                host.Schedule(Phrase.Parse("c4e", startPpq: channel / 2.0, channel: channel));
            host.Start();
        }
        bent.Do(new LearnController(ParameterId.Temperature));
        for (var i = 0; i < 50; i++)
            bent.ScheduleController(i / 25.0, (byte)(i % 4 + 1), (byte)(i % 2 == 0 ? 128 : 129), i / 50.0);
        plain.PlayTo(12);
        bent.PlayTo(12);
        Assert.Equal(plain.Heard, bent.Heard);
        Assert.Equal(ParameterId.Temperature, bent.Loop.Controllers.Learning);
    }

    [Fact]
    public void The_controller_that_is_moved_after_learning_moves_the_parameter_and_the_host_is_told()
    {
        var host = Armed();
        host.Start();
        Assert.True(host.Do(new LearnController(ParameterId.Temperature)).Ok);
        host.ScheduleController(1, 5, 74, 0.25);
        host.ScheduleController(2, 5, 74, 0.75);
        host.ScheduleController(3, 4, 74, 0.1); // another channel is another knob
        host.PlayTo(4);

        Assert.Equal(0.75, host.Parameters.Normalised(ParameterId.Temperature));
        Assert.Equal((ParameterId.Temperature, 0.75), host.Told[^1]);
        Assert.True(host.Do(new ForgetController(ParameterId.Temperature)).Ok);
        host.ScheduleController(5, 5, 74, 0.5);
        host.PlayTo(6);
        Assert.Equal(0.75, host.Parameters.Normalised(ParameterId.Temperature));
    }

    [Fact]
    public void A_learned_button_acts_when_its_controller_rises()
    {
        var host = Armed();
        host.Set(ParameterId.AnswerLength, 2);
        host.Schedule(Phrase.Parse("c4q d4q e4q"));
        host.Start();
        host.PlayTo(20);
        var before = AnswerCommandsTests.Pitches(host.Loop.Planner.Bars);
        host.Do(new LearnController(ParameterId.Regenerate));
        host.ScheduleController(21, 0, 20, 0);
        host.ScheduleController(22, 0, 20, 1);
        host.PlayTo(24);
        Assert.NotEqual(before, AnswerCommandsTests.Pitches(host.Loop.Planner.Bars));
        Assert.Equal(EnginePhase.Idle, host.Loop.Phase);
    }

    private static FakeHost Armed()
    {
        var host = new FakeHost(new ScriptedModel());
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 1);
        return host;
    }
}
