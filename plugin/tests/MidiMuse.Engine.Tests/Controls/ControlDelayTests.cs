using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Inference.Models;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>
/// How long it takes until a control that is moved while an answer plays is heard, with the shipped Transformer, offline
/// and as in real time. Oracle: the limit that was set, from the bar on in which it holds.
/// </summary>
public sealed class ControlDelayTests
{
    private const double BarPpq = 4;
    private const int SoftestBefore = 70;
    private const int LoudestAfter = 44;

    private static readonly double[] Places = [8.1, 8.7, 9.4, 10.2, 10.95, 11.1, 11.5, 11.9];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_change_is_heard_from_the_next_bar_that_is_not_decided_yet_at_the_latest_from_the_one_after(bool isOffline)
    {
        var delays = Places.Select(place => DelayPpq(place, isOffline)).ToArray();
        FigureLog.Row("A change while it plays", $"quarters until the bar line from which it is heard, 4/4, {Places.Length} places in a bar, {(isOffline ? "offline" : "as in real time")}", 0, ("shortest", delays.Min()), ("mean", delays.Average()), ("longest", delays.Max()));
        Assert.All(delays, delay => Assert.InRange(delay, 1, BarPpq + 1));
        for (var i = 0; i < Places.Length; i++)
            Assert.Equal(Places[i] < 11 ? 12 : 16, Places[i] + delays[i], 6);
    }

    private static double DelayPpq(double atPpq, bool isOffline)
    {
        using var model = new ModelContinuation(SharedModel.Acquire(Path.Combine(ControlBench.RepositoryRoot(), "models", "weights", "transformer")));
        var host = new FakeHost(model) { Offline = isOffline };
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 2);
        host.Set(ParameterId.AnswerLength, 4);
        host.Schedule(Phrase.Parse("c4q e4q g4q e4q c4q d4q e4q c4q"));
        host.ScheduleParameter(atPpq, ParameterId.Softest, 30);
        host.ScheduleParameter(atPpq, ParameterId.Loudest, 40);
        host.Start();
        host.PlayTo(24, 0.05);
        var first = host.Heard.First(note => note.Velocity <= LoudestAfter);
        Assert.All(host.Heard, note => Assert.True(note.OnsetPpq < first.OnsetPpq ? note.Velocity >= SoftestBefore : note.Velocity <= LoudestAfter, $"{note}"));
        return (Math.Floor((first.OnsetPpq + 1e-6) / BarPpq) * BarPpq) - atPpq;
    }
}
