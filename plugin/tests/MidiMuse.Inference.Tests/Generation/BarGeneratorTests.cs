using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Generation;

public sealed class BarGeneratorTests(SmallModel small) : IClassFixture<SmallModel>
{
    private const int Bar = 96;

    private static readonly SamplerSettings Settings = SamplerSettings.Uniform(1, 0.95);

    private readonly BarGenerator _generator = new();
    private readonly GridNote[] _buffer = new GridNote[256];

    /// <summary>Seeds 0..999.</summary>
    [Fact]
    public void A_thousand_seeds_give_no_note_outside_a_locked_scale()
    {
        var scale = PitchClassSet.OfKey(new Key(3, Mode.Minor));
        var constraints = new NoteConstraints(scale, 48, 84);
        using var session = SessionAfterMotif();
        var total = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            session.Restore(0);
            var notes = Generate(session, Request(constraints), seed);
            total += notes.Length;
            Assert.All(notes, note => Assert.True(scale.Contains(note.Pitch) && note.Pitch is >= 48 and <= 84, $"seed {seed}: {note}"));
        }
        Assert.True(total > 1000, $"only {total} notes to judge by");
    }

    /// <summary>Seeds 0..199.</summary>
    [Fact]
    public void A_bar_that_begins_on_its_line_has_its_first_note_there_and_goes_on_as_it_likes()
    {
        using var session = SessionAfterMotif();
        var later = new HashSet<long>();
        for (var seed = 0; seed < 200; seed++)
        {
            session.Restore(0);
            var notes = Generate(session, Request(NoteConstraints.None) with { BeginsOnItsLine = true }, seed);
            Assert.True(notes.Length > 0 && notes[0].OnsetTick == 2 * Bar, $"seed {seed}");
            later.UnionWith(notes.Skip(1).Select(note => note.OnsetTick));
        }
        Assert.True(later.Count > 10);
    }

    /// <summary>Seeds 0..199.</summary>
    [Fact]
    public void No_note_is_louder_or_softer_than_it_may_be()
    {
        var constraints = NoteConstraints.None.WithVelocities(60, 71);
        using var session = SessionAfterMotif();
        for (var seed = 0; seed < 200; seed++)
        {
            session.Restore(0);
            Assert.All(Generate(session, Request(constraints), seed), note => Assert.InRange(note.Velocity, 60, 71));
        }
    }

    /// <summary>Seeds 0..199; a random model proposes about everything.</summary>
    [Theory]
    [InlineData(4, 4, 16)]
    [InlineData(7, 8, 16)]
    [InlineData(3, 4, 2)]
    [InlineData(6, 8, 1)]
    public void Bars_are_sorted_within_their_lines_without_duplicates_overlaps_or_too_many_voices(int numerator, int denominator, int voices)
    {
        var meter = new Meter(numerator, denominator);
        var constraints = new NoteConstraints(PitchClassSet.Chromatic, 55, 79) { MaxPolyphony = voices, MaxRingOverTicks = 24 };
        using var session = small.Model.CreateSession();
        for (var seed = 0; seed < 200; seed++)
        {
            session.Reset(new PhraseContext(meter, Role.Piano, null));
            var all = new List<GridNote> { new(0, 30, 60, 90), new(0, 12, 64, 90), new(20, 200, 66, 90) };
            session.Prefill(all.ToArray());
            var played = all.Count;
            for (var bar = 1; bar < 5; bar++)
            {
                var (start, end) = (bar * meter.BarTicks, (bar + 1) * meter.BarTicks);
                var notes = Generate(session, Request(constraints, start, end, [.. all]), seed, bar);
                Assert.All(notes, note => Assert.InRange(note.OnsetTick, start, end - 1));
                Assert.All(notes, note => Assert.True(note.EndTick <= end + 24, $"seed {seed}: {note}"));
                all.AddRange(notes);
            }
            AssertPlayable(all, played, voices, seed);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bar_and_others_give_others()
    {
        using var one = SessionAfterMotif();
        using var other = SessionAfterMotif();
        var bars = new HashSet<string>();
        for (var seed = 0; seed < 50; seed++)
        {
            one.Restore(0);
            other.Restore(0);
            var notes = Generate(one, Request(NoteConstraints.None, 2 * Bar, 5 * Bar), seed);
            Assert.Equal(notes, Generate(other, Request(NoteConstraints.None, 2 * Bar, 5 * Bar), seed));
            bars.Add(string.Join(';', notes));
        }
        Assert.True(bars.Count > 40, $"{bars.Count} different bars of 50");
    }

    [Fact]
    public void A_bar_can_be_made_again_after_later_bars_were_made()
    {
        using var session = SessionAfterMotif();
        var first = Generate(session, Request(NoteConstraints.None), seed: 5, bar: 2);
        session.Save(1);
        var second = Generate(session, Request(NoteConstraints.None, 3 * Bar, 4 * Bar), seed: 5, bar: 3);
        Generate(session, Request(NoteConstraints.None, 4 * Bar, 5 * Bar), seed: 5, bar: 4);
        session.Restore(1);
        Assert.Equal(second, Generate(session, Request(NoteConstraints.None, 3 * Bar, 4 * Bar), seed: 5, bar: 3));
        session.Restore(0);
        Assert.Equal(first, Generate(session, Request(NoteConstraints.None), seed: 5, bar: 2));
    }

    /// <summary>Oracle: the model's own distribution of the next onset, as if there were no bar line. Seeds 0..19,999.</summary>
    [Fact]
    public void A_bar_line_does_not_change_when_the_next_note_comes()
    {
        int[] shifts = [24, 48, 90, 102, 120, 180];
        double[] probabilities = [0.1, 0.2, 0.1, 0.25, 0.05, 0.3];
        using var session = new ScriptedSession();
        ScriptedSession.Only(session.Time, []);
        for (var i = 0; i < shifts.Length; i++)
            session.Time[NoteEventVocabulary.TimeShiftFromTicks(shifts[i])] = (float)Math.Log(probabilities[i]);
        session.Reset(SmallModel.Context);
        session.Save(0);
        var counts = new long[shifts.Length];
        for (var seed = 0; seed < 20_000; seed++)
        {
            session.Restore(0);
            var request = Request(NoteConstraints.None, 0, Bar, sampler: SamplerSettings.Uniform(1, 1));
            var notes = Generate(session, request, seed, bar: 0);
            if (notes.Length == 0)
                notes = Generate(session, Request(NoteConstraints.None, Bar, 2 * Bar, sampler: SamplerSettings.Uniform(1, 1)), seed, bar: 1);
            counts[Array.IndexOf(shifts, (int)notes[0].OnsetTick)]++;
        }
        ChiSquare.AssertFollows(probabilities, counts);
    }

    /// <summary>Oracle: the log-softmax of a second session's logits along the generated notes.</summary>
    [Fact]
    public void The_likelihood_of_a_bar_is_what_the_model_alone_gives_its_notes()
    {
        using var session = SessionAfterMotif();
        using var judge = SessionAfterMotif();
        var constraints = new NoteConstraints(PitchClassSet.OfKey(new Key(0, Mode.Major)));
        for (var seed = 0; seed < 20; seed++)
        {
            session.Restore(0);
            judge.Restore(0);
            var random = Xoshiro256.ForBar((ulong)seed, 2, 0);
            var bar = _generator.Generate(session, Request(constraints), ref random, _buffer);
            var (notes, end) = Judge(judge, _buffer.AsSpan(0, bar.NoteCount), 2 * Bar, 3 * Bar);
            Assert.Equal(BarStatus.Complete, bar.Status);
            Assert.Equal(notes, bar.NotesLogLikelihood, 1e-4);
            Assert.Equal(end, bar.EndLogLikelihood, 1e-4);
        }
    }

    /// <summary>Bars of up to 1,536 ticks are longer than the longest time shift. Seeds 0..99.</summary>
    [Theory]
    [InlineData(4, 4)]
    [InlineData(3, 8)]
    [InlineData(9, 4)]
    [InlineData(17, 4)]
    [InlineData(64, 4)]
    public void After_a_silence_beyond_the_vocabulary_a_bar_can_begin_anywhere(int numerator, int denominator)
    {
        var meter = new Meter(numerator, denominator);
        var (start, end) = (29 * meter.BarTicks, 30 * meter.BarTicks);
        using var session = new ScriptedSession();
        session.Reset(SmallModel.Context with { Meter = meter });
        session.Step(new GridNote(7, 24, 60, 80));
        session.Save(0);
        var (empty, onFirstQuarter) = (0, 0);
        for (var seed = 0; seed < 100; seed++)
        {
            session.Restore(0);
            var notes = Generate(session, Request(NoteConstraints.None, start, end), seed);
            Assert.All(notes, note => Assert.InRange(note.OnsetTick, start, end - 1));
            empty += notes.Length == 0 ? 1 : 0;
            onFirstQuarter += notes.Length > 0 && notes[0].OnsetTick < start + 24 ? 1 : 0;
        }
        Assert.InRange(onFirstQuarter, 1, 99);
        if (meter.BarTicks < NoteEventSession.LongestTimeShiftTicks / 2)
            Assert.InRange(empty, 1, 99);
    }

    /// <summary>Oracle: the session that made the notes. Seeds 0..29; bars 2 to 5, then 9 and 10 after a silence.</summary>
    [Fact]
    public void Generated_notes_that_are_read_again_leave_the_same_state()
    {
        using var session = SessionAfterMotif();
        using var reader = SessionAfterMotif();
        for (var seed = 0; seed < 30; seed++)
        {
            session.Restore(0);
            reader.Restore(0);
            var all = new List<GridNote>();
            foreach (var bar in new[] { 2, 3, 4, 5, 9, 10 })
                all.AddRange(Generate(session, Request(NoteConstraints.None, bar * Bar, (bar + 1) * Bar), seed, bar));
            reader.Prefill([.. all]);
            var next = new GridNote(12 * Bar, 24, 60, 80);
            session.Step(next);
            reader.Step(next);
            Assert.Equal(session.PositionTick, reader.PositionTick);
            Assert.Equal(SmallModel.AllLogits(session), SmallModel.AllLogits(reader));
        }
    }

    [Fact]
    public void A_model_that_never_moves_on_is_moved_on_by_the_masks()
    {
        using var session = new ScriptedSession();
        ScriptedSession.Only(session.Time, 0);
        session.Reset(SmallModel.Context);
        var random = new Xoshiro256(1);
        var bar = _generator.Generate(session, Request(new NoteConstraints(PitchClassSet.Chromatic, 60, 63), 0, Bar), ref random, _buffer);

        Assert.True(bar.IsUsable);
        Assert.True(bar.ForcedDraws > 0, "nothing was forced");
        Assert.True(_buffer.AsSpan(0, bar.NoteCount).ToArray().GroupBy(note => note.OnsetTick).All(chord => chord.Count() <= 4));
    }

    [Fact]
    public void A_bar_has_no_more_notes_than_it_may_have()
    {
        using var session = new ScriptedSession();
        ScriptedSession.Only(session.Time, 3);
        session.Reset(SmallModel.Context);
        var random = new Xoshiro256(1);
        var bar = _generator.Generate(session, Request(new NoteConstraints(PitchClassSet.Chromatic) { MaxNotesPerBar = 7 }, 0, Bar), ref random, _buffer);
        Assert.Equal((BarStatus.NoteLimit, 7), (bar.Status, bar.NoteCount));

        session.Reset(SmallModel.Context);
        bar = _generator.Generate(session, Request(NoteConstraints.None, 0, Bar), ref random, _buffer.AsSpan(0, 4));
        Assert.Equal((BarStatus.NoteLimit, 4), (bar.Status, bar.NoteCount));
    }

    [Fact]
    public void The_piece_ends_only_where_it_may()
    {
        using var session = new ScriptedSession();
        ScriptedSession.Only(session.Time, NoteEventVocabulary.TimeShiftEnd);
        session.Time[100] = -3;
        session.Reset(SmallModel.Context);
        session.Save(0);
        var random = new Xoshiro256(1);
        var request = new BarRequest { StartTick = 0, EndTick = Bar, Sampler = SamplerSettings.Uniform(0, 1) };
        Assert.Equal(BarStatus.Complete, _generator.Generate(session, request, ref random, _buffer).Status);
        request = new BarRequest { StartTick = 0, EndTick = Bar, Sampler = SamplerSettings.Uniform(0, 1), MayEnd = true };
        Assert.Equal(BarStatus.PieceEnded, _generator.Generate(session, request, ref random, _buffer).Status);
    }

    [Fact]
    public void Logits_that_are_no_numbers_end_the_bar_with_a_reason()
    {
        foreach (var choose in new Func<ScriptedSession, float[]>[] { s => s.Time, s => s.Pitch, s => s.Duration, s => s.Velocity })
        {
            using var session = new ScriptedSession();
            ScriptedSession.Only(session.Time, 3);
            choose(session)[3] = float.NaN;
            session.Reset(SmallModel.Context);
            var random = new Xoshiro256(1);
            var bar = _generator.Generate(session, Request(NoteConstraints.None, 0, Bar), ref random, _buffer);
            Assert.Equal((BarStatus.BadLogits, 0, false), (bar.Status, bar.NoteCount, bar.IsUsable));
        }
    }

    [Fact]
    public void A_bar_that_comes_too_late_stops_at_the_next_note()
    {
        var isTooLate = false;
        using var session = new ScriptedSession();
        ScriptedSession.Only(session.Time, 3);
        session.OnRead = read => isTooLate = read == 5;
        session.Reset(SmallModel.Context);
        var random = new Xoshiro256(1);
        var bar = _generator.Generate(session, Request(NoteConstraints.None, 0, Bar), ref random, _buffer, () => isTooLate);
        Assert.Equal((BarStatus.Cancelled, 5, false), (bar.Status, bar.NoteCount, bar.IsUsable));
    }

    [Fact]
    public void A_bar_allocates_nothing()
    {
        using var session = SessionAfterMotif();
        GridNote[] ringing = [new(90, 150, 50, 80)];
        Fill();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
            Fill();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Fill()
        {
            session.Restore(0);
            var random = Xoshiro256.ForBar(9, 2, 0);
            var request = new BarRequest { StartTick = 2 * Bar, EndTick = 3 * Bar, Sampler = Settings, Ringing = ringing };
            _generator.Generate(session, request, ref random, _buffer);
        }
    }

    private static BarRequest Request(NoteConstraints constraints, long start = 2 * Bar, long end = 3 * Bar, GridNote[]? ringing = null, SamplerSettings? sampler = null) =>
        new() { StartTick = start, EndTick = end, Sampler = sampler ?? Settings, Constraints = constraints, Ringing = ringing };

    /// <summary>What the model gives the notes, and the silence after them, in nats.</summary>
    private static (double Notes, double End) Judge(NoteEventSession session, ReadOnlySpan<GridNote> notes, long start, long end)
    {
        var sum = 0.0;
        foreach (var note in notes)
        {
            var timeShift = NoteEventVocabulary.TimeShiftFromTicks(note.OnsetTick - session.PositionTick);
            var duration = NoteEventVocabulary.DurationFromTicks(note.DurationTicks);
            sum += TimeNats(session, start, tick => tick == note.OnsetTick);
            sum += Nats(session.PitchLogits(timeShift), note.Pitch);
            sum += Nats(session.DurationLogits(note.Pitch), duration);
            sum += Nats(session.VelocityLogits(duration), NoteEventVocabulary.VelocityFromMidi(note.Velocity));
            session.Step(note);
        }
        return (sum, TimeNats(session, start, tick => tick >= end));
    }

    private static double TimeNats(NoteEventSession session, long start, Func<long, bool> isWanted)
    {
        var (wanted, possible) = (0.0, 0.0);
        for (var i = 0; i < NoteEventVocabulary.TimeShiftValues; i++)
        {
            var tick = session.PositionTick + NoteEventVocabulary.TimeShiftToTicks(i);
            var weight = tick < start ? 0 : Math.Exp(session.TimeLogits[i]);
            possible += weight;
            wanted += isWanted(tick) ? weight : 0;
        }
        return Math.Log(wanted / possible);
    }

    private static double Nats(ReadOnlySpan<float> logits, int index)
    {
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp(logit);
        return logits[index] - Math.Log(sum);
    }

    private static void AssertPlayable(List<GridNote> notes, int played, int voices, int seed)
    {
        for (var i = played; i < notes.Count; i++)
        {
            var (before, note) = (notes[i - 1], notes[i]);
            Assert.True(
                note.OnsetTick > before.OnsetTick || (note.OnsetTick == before.OnsetTick && note.Pitch > before.Pitch),
                $"seed {seed}: {note} after {before}");
            var sounding = notes.Take(i).Where(other => other.EndTick > note.OnsetTick).ToArray();
            Assert.True(sounding.All(other => other.Pitch != note.Pitch), $"seed {seed}: {note} overlaps itself");
            Assert.True(sounding.Length < voices, $"seed {seed}: {note} is voice {sounding.Length + 1}");
        }
    }

    private NoteEventSession SessionAfterMotif()
    {
        var session = small.Model.CreateSession();
        session.Reset(SmallModel.Context);
        session.Prefill(SmallModel.Phrase(12, seed: 3));
        Assert.InRange(session.PositionTick, 1, 2 * Bar);
        session.Save(0);
        return session;
    }

    private GridNote[] Generate(NoteEventSession session, in BarRequest request, int seed, int bar = 2)
    {
        var random = Xoshiro256.ForBar((ulong)seed, bar, 0);
        var result = _generator.Generate(session, request, ref random, _buffer);
        Assert.True(result.IsUsable, result.Status.ToString());
        return _buffer[..result.NoteCount];
    }
}
