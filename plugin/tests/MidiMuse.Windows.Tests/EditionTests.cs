using System.Text;
using AudioPlugSharp;
using MidiMuse.Engine.Planning;
using MidiMuse.Windows.Hosting;

namespace MidiMuse.Windows.Tests;

/// <summary>The adapter under the calls of AudioPlugSharp's bridge. Oracles: what was played; what the first plugin had.</summary>
public sealed class EditionTests
{
    [Fact]
    public void AudioPlugSharps_own_loader_finds_the_plugin_and_all_that_it_copies_without_looking()
    {
        var plugin = PluginLoader.LoadPluginFromAssembly("MidiMuse");
        Assert.NotNull(plugin);
        string[] texts = [plugin.Company, plugin.Website, plugin.Contact, plugin.PluginName, plugin.PluginCategory, plugin.PluginVersion];
        Assert.All(texts, text => Assert.InRange(Encoding.UTF8.GetByteCount(text), 0, 63));
        Assert.Equal("Instrument|Generator", plugin.PluginCategory);
        Assert.True(plugin.CacheLoadContext);
        Assert.Single(plugin.Processor.OutputPorts);
        Assert.Empty(plugin.Processor.InputPorts);
        Assert.True(plugin.Processor.Parameters.Count > 15);
        Assert.All(plugin.Processor.Parameters, parameter => Assert.InRange(parameter.DisplayValue.Length, 1, 127));
        Assert.Equal(plugin.Processor.Parameters.Count, plugin.Processor.Parameters.Select(parameter => parameter.ID).Distinct().Count());
    }

    [Fact]
    public void A_motif_is_answered_on_the_bar_line_and_nothing_is_left_sounding()
    {
        var plugin = new MidiMusePlugin();
        using var bridge = new BridgeDouble(plugin, bpm: 240);
        plugin.Start();
        Assert.Null(plugin.Problem);
        bridge.Set("arm", 1);
        bridge.Set("capture", 0.25); // 1 bar
        bridge.Set("answerLength", 2 / 32.0);
        bridge.Block();
        Assert.Equal(EnginePhase.Idle, plugin.Engine!.Snapshot().Phase);

        bridge.IsPlaying = true;
        bridge.Output.Clear();
        var start = bridge.CurrentProjectSample;
        int[] motif = [60, 62, 64, 67];
        var played = PlayBars(bridge, motif, bars: 4);

        Assert.Equal(motif.Length, played.Count(note => note.IsOn && bridge.PpqOf(note.Sample - start) < 4 - 0.05));
        var answer = played.Where(note => note.IsOn && bridge.PpqOf(note.Sample - start) >= 4 - 0.05).ToList();
        Assert.NotEmpty(answer);
        AssertAlternates(played);
        Assert.Equal(0, bridge.LoudestSample);
        Assert.Equal(0, bridge.Edits);
    }

    [Fact]
    public void Thru_returns_notes_on_their_own_samples()
    {
        var plugin = new MidiMusePlugin();
        using var bridge = new BridgeDouble(plugin, blockSamples: 256);
        plugin.Start();
        for (var block = 0; block < 40; block++)
        {
            bridge.NoteOn(block, 60);
            bridge.NoteOff(200 + block, 60);
            bridge.Block();
        }
        Assert.Equal(
            Enumerable.Range(0, 40).SelectMany(block => new[] { new Sent((block * 256L) + block, true, 0, 60), new Sent((block * 256L) + 200 + block, false, 0, 60) }),
            bridge.Output);
    }

    [Fact]
    public void The_state_goes_into_another_instance_without_an_edit()
    {
        var first = new MidiMusePlugin();
        using var firstBridge = new BridgeDouble(first);
        first.Start();
        firstBridge.Set("seed", 0.5);
        firstBridge.Set("temperature", 0.25);
        firstBridge.Block();
        var state = first.SaveState();
        Assert.Contains("seed", Encoding.UTF8.GetString(state), StringComparison.Ordinal);

        var second = new MidiMusePlugin();
        using var secondBridge = new BridgeDouble(second);
        second.RestoreState(state);
        Assert.Equal(0, secondBridge.Edits);
        foreach (var key in (string[])["seed", "temperature", "arm"])
        {
            Assert.Equal(first.GetParameter(key).NormalizedEditValue, second.GetParameter(key).NormalizedEditValue, 4);
            Assert.Equal(first.GetParameter(key).DisplayValue, second.GetParameter(key).DisplayValue);
        }

        second.RestoreState([]);
        second.RestoreState(null!);
        Assert.Equal(first.GetParameter("seed").NormalizedEditValue, second.GetParameter("seed").NormalizedEditValue, 4);
        second.RestoreState("no state"u8.ToArray());
        Assert.Equal("no state", Encoding.UTF8.GetString(second.SaveState()));
    }

    [Fact]
    public void What_the_host_sets_while_nothing_is_processed_is_saved()
    {
        var plugin = new MidiMusePlugin();
        using var bridge = new BridgeDouble(plugin);
        plugin.GetParameter("seed").NormalizedEditValue = 0.125; // as the bridge's setParamNormalized does
        var other = new MidiMusePlugin();
        using var otherBridge = new BridgeDouble(other);
        other.RestoreState(plugin.SaveState());
        Assert.Equal(0.125, other.GetParameter("seed").NormalizedEditValue, 4);
    }

    [Fact]
    public void Two_instances_play_side_by_side()
    {
        var plugins = new[] { new MidiMusePlugin(), new MidiMusePlugin() };
        var bridges = plugins.Select(plugin => new BridgeDouble(plugin)).ToArray();
        foreach (var (plugin, bridge) in plugins.Zip(bridges))
        {
            plugin.Start();
            bridge.NoteOn(0, plugin == plugins[0] ? 60 : 72);
            bridge.Block();
        }
        Assert.Equal([60, 72], bridges.Select(bridge => Assert.Single(bridge.Output).Pitch));
        Assert.All(plugins, plugin => Assert.Null(plugin.Problem));
        foreach (var bridge in bridges)
            bridge.Dispose();
    }

    [Fact]
    public void An_instance_that_the_bridge_gives_to_two_processors_falls_silent_and_says_why()
    {
        var plugin = new MidiMusePlugin();
        using var first = new BridgeDouble(plugin);
        plugin.Start();
        plugin.Initialize(); // again by the same processor: nothing happens
        Assert.Null(plugin.Problem);

        using var second = new BridgeDouble(plugin);
        Assert.Contains("mixed up", plugin.Problem, StringComparison.Ordinal);
        second.NoteOn(0, 60);
        second.Block();
        first.NoteOn(0, 60);
        first.Block();
        Assert.Empty(second.Output);
        Assert.Empty(first.Output);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e9)]
    public void A_tempo_that_is_none_leaves_the_last_one(double bpm)
    {
        var plugin = new MidiMusePlugin();
        using var bridge = new BridgeDouble(plugin) { BPM = bpm, IsPlaying = true };
        plugin.Start();
        bridge.NoteOn(3, 61);
        for (var i = 0; i < 20; i++)
            bridge.Block();
        Assert.Equal(new Sent(3, true, 0, 61), Assert.Single(bridge.Output));
    }

    /// <summary>At about the speed of a host, so that the engine's thread has time.</summary>
    private static List<Sent> PlayBars(BridgeDouble bridge, int[] motif, int bars)
    {
        var start = bridge.CurrentProjectSample;
        var samplesPerQuarter = bridge.SampleRate * 60 / bridge.BPM;
        var end = start + (long)(bars * 4 * samplesPerQuarter);
        while (bridge.CurrentProjectSample < end)
        {
            var blockStart = bridge.CurrentProjectSample - start;
            for (var i = 0; i < motif.Length; i++)
            {
                AtSample((long)(i * samplesPerQuarter), offset => bridge.NoteOn(offset, motif[i]));
                AtSample((long)((i + 0.9) * samplesPerQuarter), offset => bridge.NoteOff(offset, motif[i]));
            }
            bridge.Block();
            Thread.Sleep(8);

            void AtSample(long sample, Action<int> play)
            {
                if (sample >= blockStart && sample < blockStart + bridge.CurrentAudioBufferSize)
                    play((int)(sample - blockStart));
            }
        }
        bridge.IsPlaying = false;
        bridge.Block();
        return bridge.Output;
    }

    private static void AssertAlternates(IEnumerable<Sent> notes)
    {
        var sounding = new HashSet<(int, int)>();
        foreach (var note in notes)
            Assert.True(note.IsOn ? sounding.Add((note.Channel, note.Pitch)) : sounding.Remove((note.Channel, note.Pitch)), $"{note}");
        Assert.Empty(sounding);
    }
}
