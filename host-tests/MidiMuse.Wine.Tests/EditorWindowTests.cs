using System.Text.Json;
using MidiMuse.Core.Clips;
using MidiMuse.Editor;
using MidiMuse.Editor.Tests.Support;
using MidiMuse.Engine.Parameters;
using MidiMuse.Host.Loading;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Plugins;
using SkiaSharp;

namespace MidiMuse.Wine.Tests;

/// <summary>
/// The editor's window of Windows, in a host's window, with the mouse and keyboard that Windows programs get. Oracles: what
/// the host is told, the pixels of the screen, the other window, the plugin's state.
/// </summary>
public sealed class EditorWindowTests(WindowHost host) : IClassFixture<WindowHost>
{
    [WineWindowFact]
    public void Mouse_and_keyboard_reach_the_control_under_them_and_the_host_hears_of_it_on_its_own_thread()
    {
        var arm = Centre("arm");
        var knob = AreaOf("seed");
        var number = new SKPointI((int)knob.Left + 70, (int)knob.Top + 31);
        var said = host.Run(
            "open",
            "size 1200 700",
            Place("pixel", arm),
            Place("click", arm),
            Heard(1, ParameterId.Arm),
            Place("move", new SKPointI(5, 5)),
            Place("repainted", arm),
            Place("move", new SKPointI((int)knob.Left + 20, (int)knob.MidY)),
            "wheel 1",
            Heard(1, ParameterId.Seed),
            "focus host",
            Place("click", number),
            "focus editor",
            "type 1234",
            "key 13",
            Heard(2, ParameterId.Seed),
            "focus host",
            "close");

        string[] click = [$"begin {ParameterId.Arm} main", $"perform {ParameterId.Arm} 1.0000 main", $"end {ParameterId.Arm} main"];
        Assert.Equal(click, said.Where(line => line.Contains($" {ParameterId.Arm} ", StringComparison.Ordinal)));
        var seed = ParameterTable.Find(ParameterId.Seed)!;
        Assert.True(seed.TryParse("1234", out var typed));
        Assert.Equal($"perform {ParameterId.Seed} {typed:F4} main", said.Last(line => line.StartsWith("perform", StringComparison.Ordinal)));
        Assert.DoesNotContain(said, line => line.EndsWith(" other", StringComparison.Ordinal));
    }

    [WineWindowFact]
    public void The_window_follows_the_hosts_size_and_scale()
    {
        var smallest = $"size {EditorView.SmallestWidth * 3 / 2} {EditorView.SmallestHeight * 3 / 2}";
        var said = host.Run("open", "resize 1000 640", "size 1000 640", "scale 1.5", "size 1500 960", "resize 300 200", smallest, "close");
        Assert.Equal(["resizeView 1500 960"], said);
    }

    [WineWindowFact]
    public void The_answer_is_dragged_into_another_window_every_time_and_a_file_dropped_on_the_editor_is_the_motif()
    {
        var folder = Repository.NewWorkFolder("drag");
        var (before, after) = (Path.Combine(folder, "before.json"), Path.Combine(folder, "after.json"));
        var answer = SaveAnswer(before);
        var chip = Centre("drag");
        var said = host.Run(
            $"load {before}",
            "open",
            Place("dragout", chip),
            Place("dragout", chip),
            Place("drag", chip) + " 700 300", // on itself: nothing happens
            Place("carry", new SKPointI(600, 300)) + @$" Z:{Repository.Motif("greensleeves").Replace('/', '\\')}",
            "wait 1500",
            $"save {after}",
            "close");

        var dropped = said.Where(line => line.StartsWith("dropped ", StringComparison.Ordinal)).Select(line => line["dropped ".Length..]).ToList();
        Assert.Equal(2, dropped.Count);
        foreach (var path in dropped)
        {
            var clip = ReadClip(Path.Combine(WinePrefix.DriveC, path[@"C:\".Length..].Replace('\\', '/')));
            Assert.Equal(answer, clip.Tracks.SelectMany(track => track.Notes).Select(note => note.Pitch).Order());
        }
        Assert.Contains("carried taken", said);
        Assert.NotEqual(MotifIn(before), MotifIn(after));
    }

    // Not more: in Wine 8 a process that has had 64 threads which take drops cannot register another one (its RPC server
    // waits for all their pipes at once: "rpcrt4_protseq_np_wait_for_new_connection wait failed with error 87").
    [WineWindowFact]
    public void Thirty_editors_open_and_close_without_a_trace_and_the_hosts_window_may_go_first()
    {
        var said = host.Run("cycle 3", "counts", "cycle 30", "counts", "open", "destroy", "close", "open", "size 1200 700", "close");
        var counts = said.Where(line => line.StartsWith("counts", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();
        Assert.All(counts, count => Assert.Equal("0", count[3]));
        // The runtime's own pool threads come and go.
        Assert.InRange(int.Parse(counts[1][1]), 1, int.Parse(counts[0][1]) + 3);
    }

    /// <summary>Lets the Linux bundle answer a motif and keeps its state.</summary>
    /// <returns>The answer's pitches, in order.</returns>
    private static List<int> SaveAnswer(string stateFile)
    {
        using var module = Vst3Module.Load(Vst3Bundle.FindBuilt());
        using var plugin = HostedPlugin.Create(module);
        var motif = ReadClip(Repository.Motif("ode_to_joy"));
        var played = new MotifSession(plugin, new MotifPlan { Motif = MotifPlan.NotesOf(motif), Bars = 4, Settings = [("Seed", "7")] }).Run();
        File.WriteAllBytes(stateFile, plugin.SaveState().Component);
        return [.. played.Answer.Select(note => note.Pitch).Order()];
    }

    private static Clip ReadClip(string path)
    {
        using var stream = File.OpenRead(path);
        return ClipFormat.Current.Read(stream);
    }

    private static string MotifIn(string stateFile)
    {
        using var state = JsonDocument.Parse(File.ReadAllBytes(stateFile));
        return state.RootElement.GetProperty("motif").GetRawText();
    }

    private static string Heard(int values, uint id) => $"heard {values} {id}";

    private static string Place(string verb, SKPointI at) => $"{verb} {at.X} {at.Y}";

    private static SKRect AreaOf(string name)
    {
        using var fixture = new ViewFixture(FakeInstance.Answered());
        return fixture.Find(name).Bounds;
    }

    private static SKPointI Centre(string name)
    {
        var area = AreaOf(name);
        return new SKPointI((int)area.MidX, (int)area.MidY);
    }
}
