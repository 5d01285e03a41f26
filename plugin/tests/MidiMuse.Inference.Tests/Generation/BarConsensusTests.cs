using MidiMuse.Core.Notes;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Generation;

/// <summary>With a small random model. Oracle: the takes, each drawn by the generator alone.</summary>
public sealed class BarConsensusTests(SmallModel small) : IClassFixture<SmallModel>
{
    private const int Bar = 96;
    private const int Slot = 3;
    private const int Takes = 8;

    private readonly BarGenerator _generator = new();
    private readonly GridNote[] _buffer = new GridNote[256];

    [Fact]
    public void One_take_is_what_the_generator_draws()
    {
        using var session = SessionAfterMotif();
        for (var seed = 0UL; seed < 20; seed++)
            Assert.Equal(Alone(session, seed, 0).Notes, Agreed(session, seed, takes: 1).Notes);
    }

    /// <summary>Seeds 0..99.</summary>
    [Fact]
    public void No_take_has_more_in_common_with_the_others_than_the_one_that_is_kept()
    {
        using var session = SessionAfterMotif();
        var (kept, first) = (0.0, 0);
        for (var seed = 0UL; seed < 100; seed++)
        {
            // A take's number is its draw's beyond those of candidates, as ForBar counts them.
            var takes = Enumerable.Range(0, Takes).Select(take => Alone(session, seed, take << 26)).ToArray();
            var agreed = Agreed(session, seed, Takes);
            var index = Array.FindIndex(takes, take => take.Notes.SequenceEqual(agreed.Notes));
            Assert.True(index >= 0, $"seed {seed}: the kept take is none of them");
            Assert.Equal(takes[index].Result, agreed.Result);
            var shared = takes.Select((take, i) => takes.Where((_, other) => other != i).Sum(other => InCommon(take.Notes, other.Notes))).ToArray();
            Assert.True(shared[index] > shared.Max() - 1e-9, $"seed {seed}: take {index} has {shared[index]} in common, the best {shared.Max()}");
            kept += shared[index];
            first += index == 0 ? 1 : 0;
        }
        Assert.True(kept > 0 && first < 90, $"{kept} in common, {first} times the first take");
    }

    [Fact]
    public void The_session_is_left_as_it_was()
    {
        using var session = SessionAfterMotif();
        var before = SmallModel.AllLogits(session);
        Agreed(session, seed: 7, Takes);
        Assert.Equal(before, SmallModel.AllLogits(session));
    }

    [Fact]
    public void A_take_that_is_given_up_ends_them_all_and_leaves_no_trace()
    {
        using var session = SessionAfterMotif();
        var before = SmallModel.AllLogits(session);
        var asked = 0;
        var result = Agreed(session, seed: 7, Takes, () => ++asked > 5).Result;
        Assert.Equal(BarStatus.Cancelled, result.Status);
        Assert.Equal(before, SmallModel.AllLogits(session));
    }

    [Fact]
    public void Two_rests_agree_and_a_rest_with_notes_does_not()
    {
        GridNote[] note = [new(0, 24, 60, 80)];
        Assert.Equal(1, BarConsensus.Agreement([], []));
        Assert.Equal(0, BarConsensus.Agreement([], note));
        Assert.Equal(1, BarConsensus.Agreement(note, note));
    }

    /// <summary>The F1 of common points, written out with sets.</summary>
    private static double InCommon(GridNote[] a, GridNote[] b)
    {
        if (a.Length + b.Length == 0)
            return 1;
        var common = a.Select(note => (note.OnsetTick, note.Pitch)).Intersect(b.Select(note => (note.OnsetTick, note.Pitch))).Count();
        return 2.0 * common / (a.Length + b.Length);
    }

    private static BarRequest Request() => new() { StartTick = 2 * Bar, EndTick = 3 * Bar, Sampler = SamplerSettings.Uniform(0.5, 0.9) };

    private (BarResult Result, GridNote[] Notes) Alone(NoteEventSession session, ulong seed, int number)
    {
        session.Restore(0);
        var random = Xoshiro256.ForBar(seed, 2, number);
        var result = _generator.Generate(session, Request(), ref random, _buffer);
        return (result, _buffer[..result.NoteCount]);
    }

    private (BarResult Result, GridNote[] Notes) Agreed(NoteEventSession session, ulong seed, int takes, Func<bool>? isTooLate = null)
    {
        session.Restore(0);
        var result = new BarConsensus(_generator).Generate(session, Slot, Request(), (seed, 2, 0), takes, _buffer, isTooLate);
        return (result, _buffer[..result.NoteCount]);
    }

    private NoteEventSession SessionAfterMotif()
    {
        var session = small.Model.CreateSession();
        session.Reset(SmallModel.Context);
        session.Prefill([.. SmallModel.Phrase(12, seed: 4).Where(note => note.OnsetTick < 2 * Bar)]);
        session.Save(0);
        return session;
    }
}
