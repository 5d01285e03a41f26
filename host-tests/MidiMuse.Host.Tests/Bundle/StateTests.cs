using System.Text;
using System.Text.Json;
using MidiMuse.Core.Time;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Plugins;
using MidiMuse.Host.Vst3;
using Xunit.Abstractions;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>What a project saves comes back; what is damaged does no harm.</summary>
[Collection(BundleTests.Name)]
public sealed class StateTests
{
    private const int DamagedStates = 10_000;

    private readonly LoadedBundle _bundle;
    private readonly ITestOutputHelper _output;

    public StateTests(LoadedBundle bundle, ITestOutputHelper output)
    {
        _bundle = bundle;
        _output = output;
    }

    [BundleFact]
    public void An_answer_comes_back_from_another_instances_state()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 4);
        var (answer, state) = AnswerAndState(plan);
        using var other = _bundle.CreatePlugin();
        Assert.True(other.RestoreState(state, maxChunkBytes: 7));
        // Nothing is played: the answer is a clip now, at its place in the project.
        var end = answer.AnswerEndPpq;
        var replay = new Performance(other, new PerformancePlan { Transport = plan.Transport, EndPpq = end + 1 }).Run();
        Assert.True(replay.Pairing.IsClean);
        var replayed = new MotifResult(replay, replay.Pairing.Notes, answer.AnswerStartPpq, end);
        Assert.Equal(Answers.Ticks(answer), Answers.Ticks(replayed));
        Assert.Equal(state.Component, other.SaveState(maxChunkBytes: 11).Component);
    }

    [BundleFact]
    public void The_same_motif_gets_the_same_answer_from_an_instance_with_the_same_settings()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 4, bpm: 120, ("Temperature", "1.3"));
        using var first = _bundle.CreatePlugin();
        _ = new MotifSession(first, plan with { Motif = [new InputNote(0, 1, 60, 1)], Bars = 1 }); // settings only
        first.Start(48000, 512, ProcessMode.Offline);
        first.Flush();
        first.Stop();
        var state = first.SaveState();
        using var second = _bundle.CreatePlugin();
        Assert.True(second.RestoreState(state));
        foreach (var parameter in first.Parameters.Where(p => !p.IsReadOnly))
            Assert.Equal(first.GetNormalized(parameter), second.GetNormalized(parameter));
        Assert.Equal(Answers.Ticks(Answers.Play(_bundle, plan)), Answers.Ticks(new MotifSession(second, plan).Run()));
    }

    [BundleFact]
    public void Ten_thousand_damaged_states_do_no_harm_and_are_kept()
    {
        var seed = Environment.TickCount;
        _output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (_, good) = AnswerAndState(Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 4));
        using var plugin = _bundle.CreatePlugin();
        var unreadable = 0;
        for (var i = 0; i < DamagedStates; i++)
        {
            var bytes = i % 3 == 0 ? RandomBytes(random) : Damage(good.Component, random);
            plugin.RestoreState(new PluginState(bytes, bytes), maxChunkBytes: 50 + random.Next(5000));
            var saved = plugin.SaveState().Component;
            if (i % 500 == 0)
                Assert.True(PlayABar(plugin).IsClean, $"seed {seed}, state {i}");
            if (IsJson(bytes))
                continue;
            unreadable++;
            Assert.True(bytes.SequenceEqual(saved), $"seed {seed}, state {i}: what cannot be read is not saved as it came");
        }
        _output.WriteLine($"{unreadable} of {DamagedStates} unreadable");
        Assert.InRange(unreadable, DamagedStates / 2, DamagedStates - 1);
        Assert.True(plugin.RestoreState(good));
        Assert.Equal(good.Component, plugin.SaveState().Component);
        var result = new MotifSession(plugin, Answers.Plan(Answers.ThreeFour, new Meter(3, 4), bars: 2)).Run();
        Answers.AssertClean(result);
        Assert.NotEmpty(result.Answer);
    }

    [BundleFact]
    public void States_may_change_while_the_plugin_plays()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 8, bpm: 300) with { IsRealtime = true };
        var (_, state) = AnswerAndState(plan with { IsRealtime = false });
        using var plugin = _bundle.CreatePlugin();
        var restores = 0;
        var result = new MotifSession(plugin, plan).Run(_ =>
        {
            if (restores++ % 4 == 0)
                plugin.RestoreState(state);
            else
                plugin.SaveState();
        });
        Assert.True(restores > 20);
        Assert.Equal((0, 0), (result.Performance.Pairing.Hanging, result.Performance.Pairing.Overlapping));
    }

    private (MotifResult Answer, PluginState State) AnswerAndState(MotifPlan plan)
    {
        using var plugin = _bundle.CreatePlugin();
        var answer = new MotifSession(plugin, plan).Run();
        Assert.NotEmpty(answer.Answer);
        return (answer, plugin.SaveState());
    }

    /// <summary>Whatever a state made of the instance, it plays.</summary>
    private static NotePairing PlayABar(HostedPlugin plugin) =>
        new Performance(plugin, new PerformancePlan { Transport = new(), EndPpq = 4, Notes = [new InputNote(0, 1, 60, 90)] }).Run().Pairing;

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(random.Next(10) == 0 ? 100_000 : 400)];
        random.NextBytes(bytes);
        return random.Next(2) == 0 ? bytes : [.. Encoding.UTF8.GetBytes("{\"product\":\"MidiMuse\",\"format\":1,"), .. bytes];
    }

    private static byte[] Damage(byte[] state, Random random)
    {
        byte[] bytes = [.. state];
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Length > 1; changes--)
        {
            var at = random.Next(bytes.Length);
            bytes = random.Next(5) switch
            {
                0 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
                1 => [.. bytes[..at], .. Encoding.UTF8.GetBytes("-1e999"), .. bytes[at..]],
                2 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(20))..]],
                3 => [.. bytes[..at], (byte)"0123456789{}[]\",:-.eE"[random.Next(21)], .. bytes[(at + 1)..]],
                _ => bytes[..Math.Max(1, at)],
            };
        }
        return bytes;
    }
}
