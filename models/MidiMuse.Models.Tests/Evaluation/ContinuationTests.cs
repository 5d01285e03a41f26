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
        var row = PredictionReport.Row(AnswerSet.Draw(new CopyContinuation(), Role.Piano, [excerpt with { Truth = truth }], () => { }), foilsRecognised: null);
        Assert.Equal((1.0, 1.0, 1.0), (row.F1.Value, row.Precision, row.Recall));
        Assert.Equal(1.0, row.PitchScore.Value, 9);
    }

    /// <summary>Oracle: the difference of the means that the table of scores has.</summary>
    [Fact]
    public void An_advantage_is_the_difference_of_two_methods_scores_and_certain_where_every_excerpt_agrees()
    {
        AnswerSet Answers(IContinuation method, Role role, IReadOnlyList<Excerpt> excerpts) => AnswerSet.Draw(method, role, excerpts, () => { });
        var (piano, melody) = (Excerpts.Take(5).ToList(), Excerpts.Skip(5).ToList());
        var better = new Clairvoyant();
        AnswerSet[] sets =
        [
            Answers(new CopyContinuation(), Role.Piano, piano), Answers(new CopyContinuation(), Role.Melody, melody),
            Answers(better, Role.Piano, piano), Answers(better, Role.Melody, melody),
        ];
        var rows = AdvantageReport.Rows(sets, others: []).ToList();
        Assert.Equal([(better.Name, Role.Piano), (better.Name, Role.Melody), (better.Name, (Role?)null)], rows.Select(r => (r.Method, r.Role)));
        Assert.Equal([5, melody.Count, Excerpts.Count], rows.Select(r => r.Excerpts));
        var copied = PredictionReport.Row(sets[0], null).F1.Value;
        Assert.Equal(1 - copied, rows[0].OverCopy!.Value.Value, 9);
        Assert.True(rows[2].OverCopy!.Value.Low > 0);
        Assert.All(rows, row => Assert.Null(row.OverMarkov));
        Assert.Equal(0, rows[0].Copies!.Value.Value);
    }

    /// <summary>Oracles: a method that always answers the same is perfect then, and one whose other answers are copies loses to the copy.</summary>
    [Fact]
    public void Where_a_method_s_other_answers_are_the_real_ones_its_own_are_judged_by_them()
    {
        var copies = AnswerSet.Draw(new CopyContinuation(), Role.Piano, Excerpts, () => { });
        var steady = AnswerSet.Draw(new Clairvoyant(), Role.Piano, Excerpts, () => { });
        var fickle = steady with { Method = "fickle" };
        var rows = AdvantageReport.Rows([copies, steady, fickle], [steady, copies with { Method = fickle.Method }]).Where(row => row.Role is null).ToDictionary(row => row.Method);
        var distance = 1 - PredictionReport.Row(copies, null).F1.Value;
        Assert.True(distance > 0);
        Assert.Equal(distance, rows[steady.Method].OverCopyWereItTrue!.Value.Value, 9);
        Assert.Equal(-distance, rows[fickle.Method].OverCopyWereItTrue!.Value.Value, 9);
    }

    /// <summary>Oracle: a copy under another name, and one whose last note is another.</summary>
    [Fact]
    public void An_answer_counts_as_a_copy_where_every_place_and_pitch_is_the_motif_s()
    {
        var copies = AnswerSet.Draw(new CopyContinuation(), Role.Piano, Excerpts, () => { });
        var changed = copies.Answers.Select((answer, i) => i > 0 ? answer : [.. answer.SkipLast(1), answer[^1] with { Pitch = answer[^1].Pitch - 1 }]);
        var others = copies.Answers.Select(answer => answer.Select(n => n with { Velocity = 1, DurationTicks = 1 }).ToArray());
        var rows = AdvantageReport.Rows([copies, copies with { Method = "one changed", Answers = [.. changed] }, copies with { Method = "played otherwise", Answers = [.. others] }], others: []).ToList();
        Assert.Equal(1 - (1.0 / Excerpts.Count), rows.First(row => row.Method == "one changed").Copies!.Value.Value, 9);
        Assert.Equal(1, rows.First(row => row.Method == "played otherwise").Copies!.Value.Value);
    }

    [Fact]
    public void A_long_answer_goes_on_to_its_last_bar_and_a_loop_is_wholly_like_itself()
    {
        var excerpt = Excerpts[0] with { AnswerBars = 60 };
        var set = AnswerSet.Draw(new CopyContinuation(), Role.Piano, [excerpt], () => { });
        Assert.Equal(excerpt.EndTick, 64L * excerpt.Context.Meter.BarTicks);
        Assert.Equal(63, set.Answers[0][^1].OnsetTick / excerpt.Context.Meter.BarTicks);
        var row = CoherenceReport.Row(set)!;
        Assert.Equal((1.0, 1.0, 1.0), (row.At4.Value, row.At8.Value, row.At16.Value));
        Assert.InRange(row.At1.Value, 0, 0.999);
    }

    [Fact]
    public void The_real_continuation_is_perfect_and_at_no_distance_from_itself()
    {
        var set = AnswerSet.Draw(new TrueContinuation(), Role.Piano, Excerpts, () => { });
        Assert.Equal(1.0, PredictionReport.Row(set, null).F1.Value, 12);
        var style = StyleReport.Row(set);
        Assert.Equal(0.0, style.PitchClassEntropy!.Distance!.Value.Value);
        Assert.Equal(0.0, style.GrooveConsistency!.Distance!.Value.Value);
    }

    [Fact]
    public void A_model_that_knows_the_music_recognises_foils_and_one_that_knows_nothing_does_not()
    {
        var pairs = FoilReport.Choose(Excerpts);
        Assert.NotEmpty(pairs);
        Assert.All(pairs, p => Assert.False(p.Foil.SequenceEqual(p.Excerpt.Truth)));
        Assert.Equal(1.0, FoilReport.Recognised(new MarkovLikelihood(Taught()), pairs, () => { })!.Value.Value);
        Assert.Equal(0.5, FoilReport.Recognised(new MarkovLikelihood(new MarkovModel()), pairs, () => { })!.Value.Value);
    }

    private sealed class Clairvoyant : IContinuation
    {
        public string Name => "clairvoyant";

        public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed) => excerpt.Truth;
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
