using MidiMuse.Core.Time;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Engine.Tests.Accompany;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: the chords that were played.</summary>
public sealed class ChordCaptureTests
{
    private const string ChordTrack = "d4+f4+a4+c5w g3+b3+d4+f4w c4+e4+g4+b4h a3+c#4+e4+g4h d4+f4+a4w";

    [Fact]
    public void What_was_played_becomes_the_progression_and_undo_takes_it_back()
    {
        var host = Played(captureBars: 3);
        host.Texts.Set(TextTable.Chords, "C");
        host.Set(ParameterId.ChordSource, 0);
        var reply = host.Do(new CaptureChords());
        Assert.Equal((true, "Dm7 | G7 | Cmaj7 A7 | Dm"), (reply.Ok, reply.Message));
        Assert.Equal("Dm7 | G7 | Cmaj7 A7 | Dm", host.Texts[TextTable.Chords]);
        Assert.Equal((int)ChordSource.Given, host.Parameters.Index(ParameterId.ChordSource));
        Assert.True(host.Do(new Undo()).Ok);
        Assert.Equal("C", host.Texts[TextTable.Chords]);
        Assert.Equal(0, host.Parameters.Index(ParameterId.ChordSource));
    }

    [Fact]
    public void The_button_does_it_as_well_and_while_it_is_played()
    {
        var host = Played(captureBars: 4, untilPpq: 11.5);
        Assert.Equal(EnginePhase.Capturing, host.Loop.Phase);
        host.Set(ParameterId.CaptureChords, 1);
        Assert.Equal("Dm7 | G7 | Cmaj7 A7", host.Texts[TextTable.Chords]);
    }

    [Fact]
    public void An_accompaniment_can_be_held_to_what_it_has_heard()
    {
        var host = Duet.Play(new ScriptedModel { Fault = "none" }, Phrase.Parse(ChordTrack), Meter.CommonTime, 17, settings: "Role=Bass");
        Assert.True(host.Do(new CaptureChords()).Ok);
        Assert.Equal("Dm7 | G7 | Cmaj7 A7 | Dm", host.Texts[TextTable.Chords]);
        host.PlayTo(40, 0.25);
        int[] roots = [2, 7, 0, 2];
        for (var bar = 5; bar < 10; bar++)
            Assert.Equal(roots[bar % 4], host.Heard.First(note => note.OnsetPpq >= (bar * 4) - 1e-9).Pitch % 12);
    }

    [Fact]
    public void Where_nothing_was_played_it_says_so()
    {
        var reply = new FakeHost(new ScriptedModel()).Do(new CaptureChords());
        Assert.False(reply.Ok);
        Assert.NotEmpty(reply.Message!);
    }

    [Fact]
    public void Roman_numerals_follow_the_key_that_is_set()
    {
        var host = new FakeHost(new ScriptedModel());
        host.Texts.Set(TextTable.Chords, "ii7 | V7 | Imaj7");
        host.Set(ParameterId.Key, 4);
        host.Set(ParameterId.Scale, 2);
        var frame = AnswerFrame.Of(AnswerCommandsTests.MotifOf("c4q e4q g4h"), AnswerMode.Continue)!;
        Assert.Equal("Fm7 | Bb7 | Ebmaj7", MotifCharacter.Of(frame, host.Loop.Settings).Chords!.ToString());
        host.Set(ParameterId.Key, 0);
        Assert.Equal("Dm7 | G7 | Cmaj7", MotifCharacter.Of(frame, host.Loop.Settings).Chords!.ToString());
    }

    private static FakeHost Played(int captureBars, double untilPpq = 17)
    {
        var host = new FakeHost(new ScriptedModel());
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, captureBars);
        host.Schedule(Phrase.Parse(ChordTrack));
        host.Start();
        host.PlayTo(untilPpq, 0.25);
        return host;
    }
}
