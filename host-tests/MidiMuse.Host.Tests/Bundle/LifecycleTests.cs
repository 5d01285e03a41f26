using MidiMuse.Core.Time;
using MidiMuse.Host.HostObjects;
using MidiMuse.Host.Loading;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Plugins;
using MidiMuse.Host.Transport;
using MidiMuse.Host.Vst3;
using Xunit.Abstractions;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>Loading, unloading, many instances. Oracle: the host's count of live objects, and the process's threads.</summary>
public sealed class LifecycleTests
{
    private const int Loads = 1000;

    private readonly ITestOutputHelper _output;

    public LifecycleTests(ITestOutputHelper output) => _output = output;

    [BundleFact]
    public void A_thousand_loads_scans_and_unloads_leave_nothing_behind()
    {
        var path = Vst3Bundle.FindBuilt();
        Cycle(path, isPlayed: true);
        var objects = HostObject.LiveCount;
        var threads = ThreadCount();
        for (var i = 0; i < Loads; i++)
            Cycle(path, isPlayed: i % 50 == 0);
        _output.WriteLine($"threads {threads} before, {ThreadCount()} after; {GC.GetTotalMemory(false)} bytes managed, {Environment.WorkingSet >> 20} MiB resident");
        Assert.Equal(objects, HostObject.LiveCount);
        Assert.InRange(ThreadCount(), 0, threads + 4); // the test runner's own threads come and go
    }

    [BundleFact]
    public void Sixty_four_instances_answer_side_by_side()
    {
        const int Instances = 64;
        var objects = HostObject.LiveCount;
        using (var module = Vst3Module.Load(Vst3Bundle.FindBuilt()))
        {
            var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 2);
            var plugins = Enumerable.Range(0, Instances).Select(_ => HostedPlugin.Create(module)).ToArray();
            var answers = new AnswerNote[Instances][];
            Parallel.For(0, Instances, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            {
                // Instances i and i + 32 have one seed.
                var result = new MotifSession(plugins[i], plan with { Settings = [("Seed", $"{i % 32}")] }).Run();
                Answers.AssertClean(result);
                answers[i] = Answers.Ticks(result);
            });
            for (var i = 0; i < Instances / 2; i++)
                Assert.Equal(answers[i], answers[i + 32]);
            Assert.True(answers.Select(a => string.Join(' ', a)).Distinct().Count() > 16);
            foreach (var plugin in plugins)
                plugin.Dispose();
        }
        Assert.Equal(objects, HostObject.LiveCount);
    }

    [BundleFact]
    public void Starting_and_stopping_again_and_again_keeps_the_instance_playable()
    {
        using var module = Vst3Module.Load(Vst3Bundle.FindBuilt());
        using var plugin = HostedPlugin.Create(module);
        for (var i = 0; i < 100; i++)
        {
            plugin.Start(i % 2 == 0 ? 44100 : 96000, 1 + (i * 37 % 2048), (ProcessMode)(i % 3));
            plugin.Flush();
            plugin.Stop();
        }
        var result = new MotifSession(plugin, Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 2)).Run();
        Answers.AssertClean(result);
        Assert.NotEmpty(result.Answer);
    }

    private static void Cycle(string path, bool isPlayed)
    {
        using var module = Vst3Module.Load(path);
        Assert.NotEmpty(module.Classes);
        using var plugin = HostedPlugin.Create(module);
        Assert.NotEmpty(plugin.Parameters);
        if (isPlayed)
            new Performance(plugin, new PerformancePlan { Transport = new TransportScript(), EndPpq = 1, Notes = [new InputNote(0, 0.5, 60, 90)] }).Run();
    }

    private static int ThreadCount()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
