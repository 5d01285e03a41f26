using MidiMuse.Core.Notes;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Link;
using MidiMuse.Plugin.Abi;

namespace MidiMuse.Plugin.Tests;

/// <summary>Oracle: the ring rules of midimuse_abi.h.</summary>
public unsafe class SharedMemoryLinkTests
{
    [Fact]
    public void Audio_arrives_in_order_with_the_position_of_its_anchor()
    {
        using var memory = new SharedMemory();
        var link = new SharedMemoryLink(memory.Pointer);
        var buffer = new float[1000];
        Assert.False(link.TryReadAudio(buffer, out _));
        var expected = 0f;
        var written = 0f;
        for (var round = 0; round < 400; round++) // several times around the ring
        {
            var startPpq = round * 10.0;
            memory.Anchor(startPpq, 0.001, epoch: (uint)round);
            memory.PushAudio(Ramp(1500, ref written));
            memory.Anchor(startPpq + 5, 0.002, epoch: (uint)round);
            memory.PushAudio(Ramp(300, ref written));
            (int, double)[] chunks = [(1000, startPpq), (500, startPpq + 1), (300, startPpq + 5)];
            foreach (var (count, ppq) in chunks)
            {
                Assert.True(link.TryReadAudio(buffer, out var chunk));
                Assert.Equal((count, (uint)round, 48000.0), (chunk.Count, chunk.Epoch, chunk.SampleRateHz));
                Assert.Equal(ppq, chunk.TimelinePpq, 9);
                for (var i = 0; i < count; i++)
                    Assert.Equal(expected++, buffer[i]);
            }
            Assert.False(link.TryReadAudio(buffer, out _));
        }

        static float[] Ramp(int count, ref float next)
        {
            var samples = new float[count];
            for (var i = 0; i < count; i++)
                samples[i] = next++;
            return samples;
        }
    }

    /// <summary>Oracle: MM_AUDITION_ of midimuse_abi.h.</summary>
    [Fact]
    public void An_auditioned_note_is_one_word_with_a_count_of_its_own()
    {
        using var memory = new SharedMemory();
        var link = new SharedMemoryLink(memory.Pointer);
        for (var count = 1u; count <= 300; count++)
        {
            link.Audition(new AuditionedNote(60, 100, 9));
            Assert.Equal(((count & 0xFF) << 24) | (1u << 18) | (9u << 14) | (100u << 7) | 60u, memory.Pointer->Audition);
            link.EndAudition();
            Assert.Equal(((count & 0xFF) << 24) | (9u << 14) | (100u << 7) | 60u, memory.Pointer->Audition);
        }
    }

    [Fact]
    public void The_answers_role_says_which_sound_fits()
    {
        using var memory = new SharedMemory();
        var link = new SharedMemoryLink(memory.Pointer);
        (Role?, uint)[] sounds = [(null, 0), (Role.Melody, 1), (Role.Chords, 1), (Role.Bass, 2), (Role.Drums, 3)];
        foreach (var (role, sound) in sounds)
        {
            link.PublishRole(role);
            Assert.Equal(sound, memory.Pointer->AnswerSound);
        }
    }

    [Fact]
    public void A_bar_is_published_as_one_group()
    {
        using var memory = new SharedMemory();
        var link = new SharedMemoryLink(memory.Pointer);
        link.SendBar(3, 7, 4, 8, [new TimelineNote(4, 5, 1, 60, 90), new TimelineNote(5, 6, 1, 62, 91)], isFallback: true, isProvisional: false, 8);

        var commands = memory.TakeCommands();
        Assert.Equal([AbiCommandKind.Bar, AbiCommandKind.Note, AbiCommandKind.Note, AbiCommandKind.Horizon], commands.Select(command => command.Kind));
        Assert.Equal(2u, commands[0].BarNotes);
        Assert.Equal(AbiCommandFlags.Fallback, commands[0].Flags);
        Assert.All(commands, command => Assert.Equal((3u, 7u), (command.Epoch, command.PlanId)));
        Assert.Equal((5.0, 6.0, 62), (commands[2].OnsetPpq, commands[2].EndPpq, commands[2].Pitch));
        Assert.Equal(8, commands[3].OnsetPpq);
    }

    [Fact]
    public void Groups_and_inputs_go_round_their_rings_in_order()
    {
        using var memory = new SharedMemory();
        var link = new SharedMemoryLink(memory.Pointer);
        for (var round = 0; round < 3000; round++)
        {
            link.SendBar(1, (uint)round, round, round + 1, [new TimelineNote(round, round + 1, 0, 60, 90)], false, false, round + 1);
            var commands = memory.TakeCommands();
            Assert.Equal([round, round, round + 1.0], commands.Select(command => command.OnsetPpq));

            for (var i = 0; i < 3; i++)
                memory.Push(new AbiInputEvent { TimelinePpq = (round * 3) + i, Kind = 1 });
            for (var i = 0; i < 3; i++)
            {
                Assert.True(link.TryReadInput(out var input));
                Assert.Equal((round * 3) + i, input.TimelinePpq);
            }
            Assert.False(link.TryReadInput(out _));
        }
    }

    [Fact]
    public void A_full_ring_drops_a_whole_group_and_never_a_part_of_one()
    {
        using var memory = new SharedMemory();
        var link = new SharedMemoryLink(memory.Pointer);
        var notes = Enumerable.Range(0, 1000).Select(i => new TimelineNote(i, i + 1, 0, 60, 90)).ToArray();
        for (var i = 0; i < 6; i++)
            link.SendBar(1, (uint)i, 0, 1000, notes, false, false, 1000);

        var commands = memory.TakeCommands();
        Assert.Equal(4 * 1002, commands.Count);
        Assert.Equal(commands.Count(command => command.Kind == AbiCommandKind.Bar), commands.Count(command => command.Kind == AbiCommandKind.Horizon));
    }

    [Fact]
    public void There_is_no_transport_before_the_first_block()
    {
        using var memory = new SharedMemory();
        Assert.False(new SharedMemoryLink(memory.Pointer).TryReadTransport(out _));
    }

    [Fact]
    public void A_transport_that_is_read_while_it_is_written_is_never_torn()
    {
        using var memory = new SharedMemory();
        var link = new SharedMemoryLink(memory.Pointer);
        memory.Publish(Transport(0));
        var writer = new Thread(() =>
        {
            for (var i = 1; i < 200_000; i++)
                memory.Publish(Transport(i));
        });
        writer.Start();
        var reads = 0;
        while (writer.IsAlive)
        {
            if (!link.TryReadTransport(out var transport))
                continue;
            reads++;
            Assert.Equal(transport.BlockStartPpq + 1, transport.BlockEndPpq);
            Assert.Equal((uint)transport.BlockStartPpq, transport.Epoch);
        }
        writer.Join();
        Assert.True(reads > 0);

        static AbiTransport Transport(int i) => new()
        {
            BlockStartPpq = i,
            BlockEndPpq = i + 1,
            Epoch = (uint)i,
            SignatureNumerator = 4,
            SignatureDenominator = 4,
        };
    }

    [Fact]
    public void A_horizon_carries_the_bar_grid_that_it_was_planned_for()
    {
        using var memory = new SharedMemory();
        var link = new SharedMemoryLink(memory.Pointer);
        link.UseGrid(5);
        link.SendHorizon(1, 1, 12);
        Assert.Equal(5u, memory.TakeCommands().Single().GridGeneration);
    }
}
