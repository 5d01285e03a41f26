using MidiMuse.Core.Baselines;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Shards;
using MidiMuse.Models.Tests.Shards;

namespace MidiMuse.Models.Tests.Evaluation;

public class LikelihoodTests
{
    private static readonly Phrase Phrase = new PhraseCutter(40).Cut(RandomPiece.Draw(2), Part.Of(RandomPiece.Draw(2)).First(), 40).First() with { EndsPiece = true };

    [Fact]
    public void A_network_s_likelihood_is_the_one_computed_by_hand_from_its_logits()
    {
        using var model = SharedModel.Acquire(Folders.Weights);
        using var likelihood = new SessionLikelihood("lstm", model);
        var nats = likelihood.Evaluate([new HeldOutPhrase("p", Phrase)]).Single();

        using var session = model.CreateSession();
        session.Reset(Phrase.Context);
        var expected = new double[4];
        foreach (var e in Segment.Events(Phrase).Skip(1))
        {
            expected[0] += Nats(session.TimeLogits, e.TimeShift);
            expected[1] += Nats(session.PitchLogits(e.TimeShift), e.Pitch);
            expected[2] += Nats(session.DurationLogits(e.Pitch), e.Duration);
            expected[3] += Nats(session.VelocityLogits(e.Duration), e.Velocity);
            session.Step(e);
        }
        expected[0] += Nats(session.TimeLogits, NoteEventVocabulary.TimeShiftEnd);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], nats[(NoteAspect)i], 1e-3);
        Assert.Equal(Phrase.Notes.Count, nats.Notes);
        Assert.Equal(Phrase.Notes.Count + 1, nats.Targets(NoteAspect.Time));
    }

    [Fact]
    public void An_untaught_Markov_model_needs_the_nats_of_a_uniform_choice()
    {
        var nats = new MarkovLikelihood(new MarkovModel()).Evaluate([new HeldOutPhrase("p", Phrase with { VelocityIsKnown = false })]).Single();
        Assert.Equal(Phrase.Notes.Count * Math.Log(128), nats[NoteAspect.Pitch], 9);
        Assert.Equal(Phrase.Notes.Count * Math.Log(72), nats[NoteAspect.Duration], 9);
        Assert.Equal((Phrase.Notes.Count + 1) * Math.Log(130), nats[NoteAspect.Time], 9);
        Assert.Equal(0, nats.Targets(NoteAspect.Velocity));
    }

    [Fact]
    public void A_row_sums_its_pieces()
    {
        var phrases = Enumerable.Range(0, 6).Select(i => new HeldOutPhrase($"piece {i / 2}", Phrase)).ToList();
        var row = LikelihoodReport.Row(new MarkovLikelihood(new MarkovModel()), Role.Piano, phrases, () => { });
        Assert.Equal((3, 6L * Phrase.Notes.Count), (row.Pieces, row.Notes));
        Assert.Equal(row.Time + row.Pitch + row.Duration, row.Note.Value, 9);
        Assert.Null(row.Velocity);
    }

    private static double Nats(ReadOnlySpan<float> logits, int target)
    {
        double sum = 0;
        foreach (var logit in logits)
            sum += Math.Exp(logit);
        return Math.Log(sum) - logits[target];
    }
}
