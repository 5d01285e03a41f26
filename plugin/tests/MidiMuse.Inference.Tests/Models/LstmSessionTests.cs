using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Models;

public sealed class LstmSessionTests(SmallModel small) : IClassFixture<SmallModel>
{
    private const int Seed = 20;

    /// <summary>Oracle: the forward pass in plain C# and double precision.</summary>
    [Fact]
    public void Every_logit_is_that_of_a_plain_forward_pass()
    {
        var told = new NoteConditions { Chord = Chord.Of(2, ChordQuality.MinorSeventh), Density = 3, Polyphony = 2, Energy = 4, BarsLeft = 5 };
        var row = ConditionRow.Of(told);
        var context = SmallModel.Context with { Conditions = ConditionLane.Constant(told) };
        using var session = small.Model.CreateSession();
        var plain = new PlainLstm(small.Weights);
        var encoder = new NoteEventEncoder(context);
        session.Reset(context);
        AssertClose(plain.Step(encoder.Start, row), session.TimeLogits);
        foreach (var note in SmallModel.Phrase(20, Seed))
        {
            session.Step(note);
            AssertClose(plain.Step(encoder.Encode(note), row), session.TimeLogits);
            var (position, barPhase) = encoder.Locate(timeShift: 7);
            AssertClose(plain.Pitch(7, position, barPhase, row.Chord), session.PitchLogits(7));
            AssertClose(plain.Duration(61), session.DurationLogits(61));
            AssertClose(plain.Velocity(23), session.VelocityLogits(23));
        }
    }

    [Fact]
    public void Events_encoded_elsewhere_are_read_like_the_notes_themselves()
    {
        var notes = SmallModel.Phrase(40, Seed);
        var encoder = new NoteEventEncoder(SmallModel.Context);
        var events = new NoteEvent[notes.Length];
        for (var i = 0; i < notes.Length; i++)
            events[i] = encoder.Encode(notes[i]);
        using var fromNotes = small.Model.CreateSession();
        using var fromEvents = small.Model.CreateSession();
        fromNotes.Reset(SmallModel.Context);
        fromNotes.Prefill(notes);
        fromEvents.Reset(SmallModel.Context);
        fromEvents.Prefill(events);

        Assert.Equal(fromNotes.PositionTick, fromEvents.PositionTick);
        Assert.Equal(fromNotes.LastPitch, fromEvents.LastPitch);
        Assert.Equal(SmallModel.AllLogits(fromNotes), SmallModel.AllLogits(fromEvents));
    }

    [Fact]
    public void A_restored_checkpoint_goes_on_as_if_nothing_had_happened_since()
    {
        var notes = SmallModel.Phrase(60, Seed);
        using var straight = small.Model.CreateSession();
        straight.Reset(SmallModel.Context);
        straight.Prefill(notes);
        using var rewound = small.Model.CreateSession();
        rewound.Reset(SmallModel.Context);
        for (var slot = 0; slot < NoteEventSession.SlotCount; slot++)
        {
            rewound.Step(notes[slot]);
            rewound.Save(slot);
        }
        foreach (var slot in new[] { 15, 3, 0, 8, 3 })
        {
            rewound.Restore(slot);
            rewound.Prefill(SmallModel.Phrase(5, Seed + slot).Select(n => n with { OnsetTick = n.OnsetTick + 2000 }).ToArray());
            rewound.Restore(slot);
            rewound.Prefill(notes.AsSpan(slot + 1));
            Assert.Equal(straight.PositionTick, rewound.PositionTick);
            Assert.Equal(straight.NoteCount, rewound.NoteCount);
            Assert.Equal(SmallModel.AllLogits(straight), SmallModel.AllLogits(rewound));
        }
    }

    [Fact]
    public void A_reset_session_is_as_good_as_a_new_one()
    {
        using var fresh = small.Model.CreateSession();
        using var used = small.Model.CreateSession();
        used.Reset(SmallModel.Context);
        used.Prefill(SmallModel.Phrase(33, Seed));
        used.Reset(SmallModel.Context);
        fresh.Reset(SmallModel.Context);

        Assert.Equal(SmallModel.AllLogits(fresh), SmallModel.AllLogits(used));
    }

    /// <summary>Oracle: one session alone.</summary>
    [Fact]
    public async Task Eight_sessions_at_once_compute_what_one_computes_alone()
    {
        var notes = SmallModel.Phrase(200, Seed);
        var alone = Run();
        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.All(together, logits => Assert.Equal(alone, logits));

        float[] Run()
        {
            using var session = small.Model.CreateSession();
            session.Reset(SmallModel.Context);
            var all = new List<float>();
            foreach (var note in notes)
            {
                session.Step(note);
                all.AddRange(SmallModel.AllLogits(session));
            }
            return [.. all];
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_a_session_exists()
    {
        var notes = SmallModel.Phrase(64, Seed);
        using var session = small.Model.CreateSession();
        UseEverything(session, notes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
            UseEverything(session, notes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    /// <summary>Oracle: the same phrase with eight bars less of silence, which has the same bar phases.</summary>
    [Fact]
    public void A_silence_beyond_the_vocabulary_is_shortened_by_whole_bars()
    {
        const int Bar = 96;
        using var patient = small.Model.CreateSession();
        using var hasty = small.Model.CreateSession();
        patient.Reset(SmallModel.Context);
        patient.Prefill([new GridNote(0, 12, 60, 80), new GridNote((11 * Bar) + 36, 12, 62, 80), new GridNote((11 * Bar) + 48, 12, 64, 80)]);
        hasty.Reset(SmallModel.Context);
        hasty.Prefill([new GridNote(0, 12, 60, 80), new GridNote((3 * Bar) + 36, 12, 62, 80), new GridNote((3 * Bar) + 48, 12, 64, 80)]);

        Assert.Equal((11 * Bar) + 48, patient.PositionTick);
        Assert.Equal(SmallModel.AllLogits(hasty), SmallModel.AllLogits(patient));
    }

    [Fact]
    public void Heads_asked_in_the_wrong_order_are_refused()
    {
        using var session = small.Model.CreateSession();
        Assert.Throws<InvalidOperationException>(() => session.PitchLogits(0).Length);
        session.Reset(SmallModel.Context);
        Assert.Throws<InvalidOperationException>(() => session.DurationLogits(0).Length);
        session.PitchLogits(0);
        Assert.Throws<InvalidOperationException>(() => session.VelocityLogits(0).Length);
        session.DurationLogits(60);
        session.VelocityLogits(0);
        session.Step(0, 60, 0, 0);
        Assert.Throws<InvalidOperationException>(() => session.DurationLogits(0).Length);
        Assert.Throws<InvalidOperationException>(() => session.Restore(5));
    }

    [Fact]
    public void Classes_that_do_not_exist_are_refused()
    {
        using var session = small.Model.CreateSession();
        session.Reset(SmallModel.Context);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.PitchLogits(NoteEventVocabulary.TimeShiftEnd).Length);
        session.PitchLogits(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.DurationLogits(128).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Save(NoteEventSession.SlotCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Step(-1, 60, 0, 0));
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

    /// <summary>Single precision over 24-wide products.</summary>
    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 2e-5);
    }
}
