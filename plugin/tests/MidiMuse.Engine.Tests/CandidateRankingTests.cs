using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Parameters;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

public class CandidateRankingTests
{
    /// <summary>Three candidates with the same bars, so that only what is known of the training music tells them apart.</summary>
    [Fact]
    public void What_repeats_the_training_music_ranks_lower_and_says_which_piece()
    {
        var answer = Answered().Loop.Planner.Answer;
        var ranked = CandidateRanking.Rank(answer.Frame!,
        [
            new CandidateLine(0, answer.Bars, 4, Likeness(0.2)),
            new CandidateLine(1, answer.Bars, 4, Likeness(0.95)),
            new CandidateLine(2, answer.Bars, 4, Likeness(0.995)),
            new CandidateLine(3, answer.Bars, 4),
        ]);
        Assert.True(ranked[0].Score > ranked[1].Score && ranked[1].Score > ranked[2].Score);
        Assert.Equal(ranked[0].Score, ranked[3].Score);
        Assert.DoesNotContain(ranked[0].Reasons, reason => reason.Contains("A tune", StringComparison.Ordinal));
        Assert.Contains("close to A tune", ranked[1].Reasons);
        Assert.Contains("12 notes as in A tune", ranked[2].Reasons);
    }

    /// <summary>The training music is the answer itself.</summary>
    [Fact]
    public void A_candidate_is_compared_with_the_training_music_as_soon_as_that_has_been_read()
    {
        var host = Answered();
        var answer = host.Loop.Planner.Answer;
        var likenesses = new TrainingLikenesses();
        Assert.Null(likenesses.Of(answer.Frame!, Role.Melody, 0, answer.Bars));

        var builder = new OriginalityIndexBuilder();
        builder.BeginPiece("The answer");
        builder.AddPart([.. answer.Bars.SelectMany(bar => bar.Notes).Select(answer.Frame!.Quantise)]);
        var index = builder.Build();
        likenesses.TrainingMusic = () => index;
        var likeness = likenesses.Of(answer.Frame!, Role.Melody, 0, answer.Bars);
        Assert.NotNull(likeness);
        Assert.Equal("The answer", likeness.Value.Nearest);
        Assert.True(likeness.Value.Report.LongestRun > 4, likeness.ToString());
        Assert.Null(likenesses.Of(answer.Frame!, Role.Drums, 1, answer.Bars));
    }

    private static TrainingLikeness Likeness(double rank) => new(new OriginalityReport(30, 12, 0.5, 0, 0, 0, rank), "A tune");

    private static FakeHost Answered()
    {
        var host = new FakeHost(new ScriptedModel()) { Offline = true };
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 1);
        host.Set(ParameterId.AnswerLength, 4);
        host.Schedule(Phrase.Parse("c4q d4q e4q"));
        host.Start();
        host.PlayTo(24);
        return host;
    }
}
