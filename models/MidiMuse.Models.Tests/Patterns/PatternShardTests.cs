using System.Runtime.InteropServices;
using System.Text.Json;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Models.Patterns;
using MidiMuse.Models.Shards;
using MidiMuse.Models.Tests.Shards;

namespace MidiMuse.Models.Tests.Patterns;

public class PatternShardTests
{
    /// <summary>Random pieces, seeds 0..29.</summary>
    [Fact]
    public void Windows_hold_whole_bars_from_a_bar_line_on()
    {
        foreach (var (seed, window) in Windows())
        {
            Assert.InRange(window.Bars, 1, 4);
            Assert.True(window.Bars * window.Meter.BarTicks <= PatternVocabulary.Quarters * 24, $"Seed {seed}: too long.");
            Assert.All(window.Notes, n => Assert.InRange(n.OnsetTick, 0, (window.Bars * window.Meter.BarTicks) - 1));
        }
    }

    /// <summary>Oracle: the plugin's own reader.</summary>
    [Fact]
    public void Shards_hold_what_the_plugin_reads_from_the_same_notes()
    {
        using var folder = new TemporaryFolder();
        var windows = Windows().Select(w => w.Window).Where(w => w.Role == Role.Piano).ToList();
        using (var writer = new PatternShardWriter(folder.Path))
        {
            foreach (var window in windows)
                writer.Add("train", window);
            writer.WriteIndex();
        }
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "index.json")));
        Assert.Equal(windows.Count, index.RootElement.GetProperty("files")[0].GetProperty("windows").GetInt32());
        var rows = File.ReadAllBytes(Path.Combine(folder.Path, "train.piano.notes.u8"));
        var heads = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(Path.Combine(folder.Path, "train.piano.windows.i32"))).ToArray();
        for (var i = 0; i < windows.Count; i++)
        {
            var (first, count) = (heads[i * 6], heads[(i * 6) + 1]);
            var frame = new PatternFrame(PatternFrame.KeyShift(windows[i].Key));
            var pattern = new PatternNote[1024];
            var expected = pattern[..PatternReader.Read([.. windows[i].Notes], 0, windows[i].Bars * heads[(i * 6) + 3], frame, pattern)];
            var found = Enumerable.Range(first, count).Select(n => new PatternNote(rows[n * 3], (byte)frame.ToClass(rows[(n * 3) + 1] - frame.Shift), rows[(n * 3) + 2]));
            Assert.Equal(expected, found.OrderBy(n => n.Step).ThenBy(n => n.Pitch).ThenByDescending(n => n.Duration).DistinctBy(n => (n.Step, n.Pitch)));
        }
    }

    private static IEnumerable<(int Seed, PatternWindow Window)> Windows() =>
        from seed in Enumerable.Range(0, 30)
        let piece = RandomPiece.Draw(seed)
        from part in Part.Of(piece)
        from window in PatternCutter.Cut(piece, part)
        select (seed, window);
}
