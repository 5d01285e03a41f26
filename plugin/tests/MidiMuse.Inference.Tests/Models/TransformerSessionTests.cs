using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Tests.Support;
using MidiMuse.Inference.Transformer;

namespace MidiMuse.Inference.Tests.Models;

/// <summary>What holds for a Transformer wherever it runs.</summary>
/// <param name="fromPyTorch">How far a logit may be from PyTorch's.</param>
/// <param name="fromItself">How far from what the same model says when it reads the same events in another way.</param>
public abstract class TransformerSessionTests(Device device, double fromPyTorch, float fromItself) : IDisposable
{
    private const int Seed = 30;

    private readonly SharedModel _model = SharedModel.Acquire(RepositoryFolders.TinyTransformer, device);

    public void Dispose()
    {
        _model.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Oracle: PyTorch, golden.json.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    public void Every_logit_is_PyTorch_s(int eventsAtOnce)
    {
        using var session = _model.CreateSession();
        new GoldenAnswers(RepositoryFolders.TinyTransformer).AssertSession(session, eventsAtOnce, fromPyTorch);
    }

    /// <summary>Oracle: the same phrase read straight through. The slots are also restored after something longer was read over them.</summary>
    [Fact]
    public void A_restored_checkpoint_goes_on_as_if_nothing_had_happened_since()
    {
        var notes = SmallModel.Phrase(60, Seed);
        using var straight = _model.CreateSession();
        straight.Reset(SmallModel.Context);
        straight.Prefill(notes);
        using var rewound = _model.CreateSession();
        rewound.Reset(SmallModel.Context);
        for (var slot = 0; slot < NoteEventSession.SlotCount; slot++)
        {
            rewound.Step(notes[slot]);
            rewound.Save(slot);
        }
        foreach (var slot in new[] { 15, 3, 0, 8, 15, 3 })
        {
            rewound.Restore(slot);
            rewound.Prefill(SmallModel.Phrase(20, Seed + slot).Select(n => n with { OnsetTick = n.OnsetTick + 2000 }).ToArray());
            rewound.Restore(slot);
            rewound.Prefill(notes.AsSpan(slot + 1));
            Assert.Equal(straight.PositionTick, rewound.PositionTick);
            AssertClose(SmallModel.AllLogits(straight), SmallModel.AllLogits(rewound));
        }
    }

    /// <summary>Oracle: a new session that reads only what the long one still remembers.</summary>
    [Fact]
    public void A_phrase_longer_than_the_memory_forgets_its_oldest_bars()
    {
        using var session = _model.CreateSession();
        session.Reset(SmallModel.Context);
        session.Prefill(SmallModel.Phrase(700, Seed));
        Assert.Equal(700, session.NoteCount);
        var memory = ((TransformerSession)session).Memory;
        Assert.InRange(memory.Count, 1, _model.Description.Capacity);
        Assert.Equal(NoteEventVocabulary.TimeShiftStart, memory.Events[0].TimeShift);
        Assert.Equal(0, memory.Events[0].Position);
        Assert.Equal(memory.Events[1].Position, NoteEventVocabulary.TimeShiftToTicks(memory.Events[1].TimeShift));

        using var fresh = _model.CreateSession();
        fresh.ClearState();
        fresh.Read(memory.Events, memory.Conditions);
        AssertClose(fresh.StateTimeLogits, session.StateTimeLogits);
    }

    /// <summary>Where bars are forgotten depends on the notes only, not on how many come at once.</summary>
    [Fact]
    public void A_long_phrase_reads_the_same_in_pieces()
    {
        var notes = SmallModel.Phrase(400, Seed);
        using var whole = _model.CreateSession();
        using var pieces = _model.CreateSession();
        whole.Reset(SmallModel.Context);
        whole.Prefill(notes);
        pieces.Reset(SmallModel.Context);
        var random = new Random(Seed);
        for (var read = 0; read < notes.Length;)
        {
            var count = Math.Min(random.Next(1, 40), notes.Length - read);
            pieces.Prefill(notes.AsSpan(read, count));
            read += count;
        }
        Assert.Equal(((TransformerSession)whole).Memory.Events, ((TransformerSession)pieces).Memory.Events);
        AssertClose(SmallModel.AllLogits(whole), SmallModel.AllLogits(pieces));
    }

    /// <summary>Oracle: new sessions that read the same straight through. A bar is drawn so when several takes of it are compared.</summary>
    [Fact]
    public void What_fills_the_memory_can_be_taken_back_and_followed_by_something_else()
    {
        var notes = SmallModel.Phrase(230, Seed);
        using var session = _model.CreateSession();
        session.Reset(SmallModel.Context);
        session.Prefill(notes);
        session.Save(0);
        for (var take = 1; take <= 4; take++)
        {
            var bar = SmallModel.Phrase(10 + (10 * take), Seed + take).Select(n => n with { OnsetTick = n.OnsetTick + notes[^1].OnsetTick + 24 }).ToArray();
            using var straight = _model.CreateSession();
            straight.Reset(SmallModel.Context);
            straight.Prefill(notes);
            straight.Prefill(bar);
            session.Prefill(bar);
            Assert.Equal(((TransformerSession)straight).Memory.Events, ((TransformerSession)session).Memory.Events);
            AssertClose(SmallModel.AllLogits(straight), SmallModel.AllLogits(session));
            session.Restore(0);
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_a_session_exists()
    {
        var notes = SmallModel.Phrase(64, Seed);
        using var session = _model.CreateSession();
        UseEverything(session, notes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
            UseEverything(session, notes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void What_is_told_counts_from_where_it_is_told()
    {
        var notes = SmallModel.Phrase(12, Seed);
        var dense = ConditionLane.Constant(new NoteConditions { Density = 8 });
        using var session = _model.CreateSession();
        session.Reset(SmallModel.Context);
        session.Prefill(notes.AsSpan(0, 6));
        session.Tell(dense);
        session.Prefill(notes.AsSpan(6));
        var conditions = ((TransformerSession)session).Memory.Conditions;
        Assert.All(conditions[..7].ToArray(), c => Assert.Equal(0, c.Density));
        Assert.All(conditions[7..].ToArray(), c => Assert.Equal(8, c.Density));
    }

    /// <summary>The lane changes from C to G at tick 96; the notes before it are the same.</summary>
    [Fact]
    public void The_pitch_head_hears_the_chord_at_the_new_onset()
    {
        var lane = new ConditionLane([(0, new NoteConditions { Chord = Chord.Of(0, ChordQuality.Major) }), (96, new NoteConditions { Chord = Chord.Of(7, ChordQuality.Major) })]);
        using var told = _model.CreateSession();
        using var constant = _model.CreateSession();
        told.Reset(SmallModel.Context with { Conditions = lane });
        constant.Reset(SmallModel.Context with { Conditions = ConditionLane.Constant(new NoteConditions { Chord = Chord.Of(0, ChordQuality.Major) }) });
        var note = new GridNote(48, 12, 64, 80);
        told.Step(note);
        constant.Step(note);
        Assert.Equal(constant.PitchLogits(24).ToArray(), told.PitchLogits(24).ToArray());
        Assert.NotEqual(constant.PitchLogits(48).ToArray(), told.PitchLogits(48).ToArray());
    }

    /// <summary>Oracle: the arrangement that models/training/sequences.py trains on.</summary>
    [Fact]
    public void An_infill_reads_past_future_and_middle_each_from_its_bar_line()
    {
        const int Bar = 96;
        using var session = _model.CreateSession();
        session.Reset(SmallModel.Context);
        session.Prefill([new GridNote(0, 24, 60, 80), new GridNote(48, 24, 62, 80)]);
        session.BeginPart(SegmentClass.Future, 3 * Bar);
        session.Prefill([new GridNote((3 * Bar) + 12, 24, 67, 80)]);
        session.BeginPart(SegmentClass.Middle, Bar);
        Assert.Equal(Bar, session.PositionTick);
        session.Prefill([new GridNote(Bar + 6, 24, 64, 80)]);
        var memory = ((TransformerSession)session).Memory;
        Assert.Equal([130, 0, 48, 130, 12, 130, 6], memory.Events.ToArray().Select(e => (int)e.TimeShift));
        Assert.Equal([0, 0, 0, 3, 3, 1, 1], memory.Events.ToArray().Select(e => (int)e.BarPhase));
        Assert.Equal([0, 0, 0, 1, 1, 2, 2], memory.Conditions.ToArray().Select(c => (int)c.Segment));
    }

    private static void UseEverything(NoteEventSession session, GridNote[] notes)
    {
        session.Reset(SmallModel.Context);
        session.Prefill(notes);
        session.Save(3);
        _ = session.PitchLogits(5);
        _ = session.DurationLogits(60);
        _ = session.VelocityLogits(11);
        session.Step(5, 60, 11, 20);
        session.Restore(3);
    }

    private void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], fromItself);
    }
}

/// <summary>In 8 bits: off by hundredths, where a wrong scale or table is off by whole nats; and always the same to the bit.</summary>
public sealed class QuantisedTransformerTests() : TransformerSessionTests(Device.Cpu, fromPyTorch: 0.1, fromItself: 0);

/// <summary>In 32 bits; chunks of events add in another order.</summary>
public sealed class TransformerOnGraphsTests() : TransformerSessionTests(Device.CpuGraphs, fromPyTorch: GoldenAnswers.Tolerance, fromItself: 2e-5f);
