using MidiMuse.Models.Listening;

namespace MidiMuse.Models.Tests.Listening;

public class ListeningStatisticsTests
{
    private static readonly ListeningKey Key = new("t", [.. Enumerable.Range(0, 30).Select(i => new ListeningPair($"p{i}", $"piece {i}", "melody", i % 2 == 0 ? "real" : "engine", i % 2 == 0 ? "engine" : "real"))]);

    [Theory]
    [InlineData(7, 10, 0.3475, 0.9333)]
    [InlineData(0, 10, 0.0, 0.3085)]
    [InlineData(10, 10, 0.6915, 1.0)]
    [InlineData(50, 100, 0.3983, 0.6017)]
    public void Exact_intervals_are_those_of_published_tables(int wins, int trials, double low, double high)
    {
        var interval = ListeningStatistics.ClopperPearson(wins, trials);
        Assert.Equal(low, interval.Low, 3e-4);
        Assert.Equal(high, interval.High, 3e-4);
    }

    [Theory]
    [InlineData(9, 1, 22.0 / 1024)] // 2 (1 + 10) / 2^10
    [InlineData(5, 5, 1.0)]
    [InlineData(0, 0, 1.0)]
    [InlineData(0, 6, 2.0 / 64)]
    public void The_sign_test_counts_what_is_at_least_as_unlikely(int wins, int losses, double p) =>
        Assert.Equal(p, ListeningStatistics.SignTest(wins, losses), 9);

    [Fact]
    public void Votes_are_counted_for_methods_and_not_for_letters()
    {
        // The listener likes the engine in the first 20 pairs, hears no difference in five and the human in the last five.
        var result = new ListeningResult("t", "x", [.. Key.Pairs.Select((p, i) => new ListeningAnswer(p.Id, i is >= 20 and < 25 ? "equal" : (p.A == "engine") == (i < 20) ? "A" : "B"))]);
        var comparison = ListeningStatistics.Compare(Key, [result]).Single();
        Assert.Equal(("engine", "real", 20, 5, 5), (comparison.First, comparison.Second, comparison.Wins, comparison.Losses, comparison.Equal));
        var strengths = ListeningStatistics.Rank(Key, [result]);
        Assert.Equal(["engine", "real"], strengths.Select(s => s.Method));
        Assert.True(strengths[0].Probability.Low > strengths[1].Probability.High);
    }

    [Fact]
    public void Strengths_of_three_methods_follow_who_beats_whom()
    {
        (string A, string B)[] wins = [("good", "fair"), ("good", "fair"), ("fair", "good"), ("fair", "poor"), ("fair", "poor"), ("poor", "fair"), ("good", "poor"), ("good", "poor"), ("good", "poor")];
        var key = new ListeningKey("t", [.. wins.Select((w, i) => new ListeningPair($"p{i}", $"{i}", "piano", w.A, w.B))]);
        var result = new ListeningResult("t", "x", [.. key.Pairs.Select(p => new ListeningAnswer(p.Id, "A"))]);
        Assert.Equal(["good", "fair", "poor"], ListeningStatistics.Rank(key, [result]).Select(s => s.Method));
    }

    [Fact]
    public void Answers_to_another_test_are_refused() =>
        Assert.Throws<InvalidDataException>(() => ListeningStatistics.Compare(Key, [new ListeningResult("other", "x", [])]));
}
