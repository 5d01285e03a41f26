using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Models;

/// <summary>With the shipped Transformer. Oracle: two plain sessions of it, one told and one not.</summary>
public sealed class GuidedSessionTests : IDisposable
{
    private const double Guidance = 2.5;

    private static readonly ConditionLane Told = ConditionLane.Constant(new NoteConditions { Density = 6, Register = 2, Valence = 1 });

    private readonly SharedModel _model = SharedModel.Acquire(RepositoryFolders.TransformerWeights);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void What_telling_changes_is_multiplied()
    {
        using var told = Read(_model.CreateSession(), Told);
        using var untold = Read(_model.CreateSession(), ConditionLane.Empty);
        using var guided = Read(new GuidedSession(_model, Guidance), Told);
        var (a, b, c) = (SmallModel.AllLogits(told), SmallModel.AllLogits(untold), SmallModel.AllLogits(guided));
        Assert.Contains(Enumerable.Range(0, a.Length), i => Math.Abs(a[i] - b[i]) > 0.5);
        for (var i = 0; i < a.Length; i++)
            Assert.Equal(b[i] + (Guidance * (a[i] - b[i])), c[i], 1e-4);
    }

    [Fact]
    public void Where_nothing_is_told_nothing_is_changed_to_the_bit()
    {
        using var plain = Read(_model.CreateSession(), ConditionLane.Empty);
        using var guided = Read(new GuidedSession(_model, Guidance), ConditionLane.Empty);
        Assert.Equal(SmallModel.AllLogits(plain), SmallModel.AllLogits(guided));
    }

    [Fact]
    public void Chords_are_followed_as_without_guidance()
    {
        Assert.True(ChordSymbol.TryParse("Am", out var minor));
        var chord = ConditionLane.Constant(new NoteConditions { Chord = minor });
        using var plain = Read(_model.CreateSession(), chord);
        using var guided = Read(new GuidedSession(_model, Guidance), chord);
        Assert.Equal(SmallModel.AllLogits(plain), SmallModel.AllLogits(guided));
    }

    [Fact]
    public void A_checkpoint_is_both_sessions()
    {
        using var guided = Read(new GuidedSession(_model, Guidance), Told);
        guided.Save(5);
        var before = SmallModel.AllLogits(guided);
        guided.Prefill(SmallModel.Phrase(30, seed: 8));
        guided.Restore(5);
        Assert.Equal(before, SmallModel.AllLogits(guided));
    }

    /// <summary>The part between a past and a future is told apart from them with and without conditions.</summary>
    [Fact]
    public void A_middle_is_read_as_one_by_both_sessions()
    {
        using var told = Between(_model.CreateSession(), Told);
        using var untold = Between(_model.CreateSession(), ConditionLane.Empty);
        using var guided = Between(new GuidedSession(_model, Guidance), Told);
        var (a, b, c) = (told.TimeLogits.ToArray(), untold.TimeLogits.ToArray(), guided.TimeLogits.ToArray());
        for (var i = 0; i < a.Length; i++)
            Assert.Equal(b[i] + (Guidance * (a[i] - b[i])), c[i], 1e-4);
    }

    private static NoteEventSession Read(NoteEventSession session, ConditionLane conditions)
    {
        session.Reset(SmallModel.Context with { Conditions = conditions });
        session.Prefill(SmallModel.Phrase(20, seed: 3));
        return session;
    }

    private static NoteEventSession Between(NoteEventSession session, ConditionLane conditions)
    {
        Read(session, conditions);
        session.BeginPart(SegmentClass.Future, 16 * 96);
        session.Prefill((GridNote[])[new(16 * 96, 24, 60, 80), new((16 * 96) + 24, 24, 62, 80)]);
        session.BeginPart(SegmentClass.Middle, 12 * 96);
        return session;
    }
}
