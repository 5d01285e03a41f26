using MidiMuse.Core.Baselines;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Shards;
using MidiMuse.Models.Tests.Shards;

namespace MidiMuse.Models.Tests.Evaluation;

public class ContinuationTests
{
    private static readonly List<Excerpt> Excerpts = [.. Excerpt.Choose(Phrases(), seed: 1)];

    [Fact]
    public void Excerpts_are_four_bars_and_the_four_that_follow()
    {
        Assert.NotEmpty(Excerpts);
        Assert.All(Excerpts, e =>
        {
            Assert.All(e.Prime, n => Assert.InRange(n.OnsetTick, 0, e.PrimeTicks - 1));
            Assert.All(e.Truth, n => Assert.InRange(n.OnsetTick, e.PrimeTicks, (2 * e.PrimeTicks) - 1));
            Assert.True(e.Prime[0].OnsetTick < e.Context.Meter.BarTicks);
        });
        Assert.Equal(Excerpts.Count, Excerpts.Select(e => e.Piece).Distinct().Count());
    }

    [Fact]
    public void Every_answer_lies_in_the_four_bars_and_repeats_with_its_seed()
    {
        using var model = SharedModel.Acquire(Folders.Weights);
        var settings = SamplerSettings.Uniform(1.0, 0.95);
        IContinuation[] methods =
        [
            new CopyContinuation(),
            new OtherPieceContinuation(Excerpts),
            new MarkovContinuation(Taught(), settings),
            new NetworkContinuation("LSTM", model, settings),
        ];
        foreach (var method in methods)
        {
            foreach (var excerpt in Excerpts.Take(3))
            {
                var answer = method.Answer(excerpt, seed: 7);
                Assert.All(answer, n => Assert.InRange(n.OnsetTick, excerpt.PrimeTicks, (2 * excerpt.PrimeTicks) - 1));
                Assert.True(answer.SequenceEqual(method.Answer(excerpt, seed: 7)), $"{method.Name} gave another answer for seed 7.");
            }
        }
    }

    [Fact]
    public void A_repeated_prime_is_predicted_perfectly_by_copying_it()
    {
        var excerpt = Excerpts[0];
        var truth = excerpt.Prime.Select(n => n with { OnsetTick = n.OnsetTick + excerpt.PrimeTicks }).ToList();
        var row = PredictionReport.Row(new CopyContinuation(), Role.Piano, [excerpt with { Truth = truth }], () => { });
        Assert.Equal((1.0, 1.0, 1.0), (row.F1.Value, row.Precision, row.Recall));
        Assert.Equal(1.0, row.PitchScore.Value, 9);
    }

    private static MarkovModel Taught()
    {
        var model = new MarkovModel();
        foreach (var phrase in Phrases())
            model.Learn(Segment.Events(phrase.Phrase), endsPiece: false);
        return model;
    }

    private static IEnumerable<HeldOutPhrase> Phrases()
    {
        var cutter = new PhraseCutter(Segment.MostNotes);
        for (var seed = 0; seed < 20; seed++)
        {
            var piece = RandomPiece.Draw(seed);
            foreach (var phrase in cutter.Cut(piece, Part.Of(piece).First(), Segment.MostNotes))
                yield return new HeldOutPhrase($"{seed}", phrase);
        }
    }
}
