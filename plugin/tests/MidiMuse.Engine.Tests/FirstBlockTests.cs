using MidiMuse.Core.Time;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: what the first block brings is part of the motif, however late its transport is published.</summary>
public class FirstBlockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_note_that_is_read_before_the_first_transport_begins_the_motif()
    {
        var link = new SilentLink
        {
            Transport = new TransportSnapshot { Meter = Meter.CommonTime, TempoBpm = 120, Epoch = 1, Playing = true, BlockEndPpq = 0.5 },
        };
        using var instance = new EngineInstance(link, new ScriptedModel(), null);
        link.Enqueue(new InputEvent { Kind = InputKind.Parameter, ParameterId = ParameterId.Arm, Value = 1, Epoch = 1 });
        link.Enqueue(new InputEvent { Kind = InputKind.NoteOn, Data1 = 60, Data2 = 90, Epoch = 1 });
        instance.SetActive(true);
        Assert.True(SpinWait.SpinUntil(() => link.InputIsEmpty, Patience));

        link.IsRunning = true;
        Assert.True(SpinWait.SpinUntil(() => instance.Snapshot().Phase is EnginePhase.Capturing or EnginePhase.Faulted, Patience), "The first note was lost.");
        Assert.Equal(EnginePhase.Capturing, instance.Snapshot().Phase);
    }
}
