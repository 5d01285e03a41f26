using MidiMuse.Editor.Advice;
using MidiMuse.Editor.Tests.Support;
using MidiMuse.Engine;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Editor.Tests;

/// <summary>Oracle: what a player can do next in each state, and the hosts of HOST-QUIRKS.md.</summary>
public sealed class GuidanceTests
{
    [Theory]
    [InlineData(Guidance.NoModel, "MIDI passes through")]
    [InlineData(Guidance.Bypassed, "Bypass off")]
    [InlineData(Guidance.SwitchArmOn, "Switch Arm on")]
    [InlineData(Guidance.StartTransport, "Start the transport")]
    [InlineData(Guidance.PlayMotif, "Play a motif")]
    [InlineData(Guidance.GoOnPlaying, "Go on playing")]
    [InlineData(Guidance.Listen, "Listen")]
    [InlineData(Guidance.TakeAnswer, "Drag the answer")]
    public void Every_state_has_its_line(Guidance guidance, string words)
    {
        using var fixture = new ViewFixture(Guided(guidance));
        fixture.Instance.Transport = fixture.Instance.Transport with { Playing = true };
        fixture.Poll();
        var line = GuidanceText.Of(fixture.View.Context);
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void No_two_states_say_the_same()
    {
        var lines = Enum.GetValues<Guidance>().Select(guidance =>
        {
            using var fixture = new ViewFixture(Guided(guidance));
            fixture.Instance.Transport = fixture.Instance.Transport with { Playing = guidance == Guidance.PlayMotif };
            fixture.Poll();
            return GuidanceText.Of(fixture.View.Context);
        }).ToArray();
        Assert.Equal(lines.Length, lines.Distinct().Count());
    }

    [Fact]
    public void Armed_beside_an_answer_the_transport_is_what_is_missing()
    {
        using var fixture = new ViewFixture(Guided(Guidance.TakeAnswer));
        fixture.Instance.SetByHost(ParameterId.Arm, 1);
        fixture.Poll();
        Assert.Contains("start the transport", GuidanceText.Of(fixture.View.Context), StringComparison.Ordinal);
    }

    [Fact]
    public void A_controller_that_is_being_learned_comes_first()
    {
        var model = Guided(Guidance.Listen);
        using var fixture = new ViewFixture(model with { Instance = model.Instance with { Learning = ParameterId.Temperature } });
        Assert.Contains("Move the controller", GuidanceText.Of(fixture.View.Context), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Live", "Live")]
    [InlineData("Ableton Live 12 Suite", "MIDI From")]
    [InlineData("FL Studio", "port")]
    [InlineData("Cubase", "input")]
    [InlineData("REAPER", "same track")]
    [InlineData("Bitwig Studio", "Note Receiver")]
    [InlineData("Studio One", "monitoring")]
    [InlineData("Ardour", "MIDI output")]
    [InlineData("Carla", "events-in")]
    [InlineData("", "Route MidiMuse's MIDI output")]
    [InlineData("Some New DAW", "Route MidiMuse's MIDI output")]
    public void The_empty_state_explains_routing_in_the_hosts_own_words(string host, string words) =>
        Assert.Contains(words, HostRouting.Of(host), StringComparison.Ordinal);

    [Fact]
    public void The_empty_state_is_there_before_the_first_motif_only()
    {
        using var empty = new ViewFixture(EditorModel.Empty with { HostName = "REAPER" });
        Assert.Contains(empty.View.Root.Visible(), element => element is Panels.EmptyState);
        using var answered = new ViewFixture();
        Assert.DoesNotContain(answered.View.Root.Visible(), element => element is Panels.EmptyState);
    }

    private static EditorModel Guided(Guidance guidance)
    {
        var empty = EditorModel.Empty;
        return empty with { Instance = empty.Instance with { Guidance = guidance } };
    }
}
