using MidiMuse.Core.Clips;
using MidiMuse.Core.Time;
using MidiMuse.Host.Motifs;

namespace MidiMuse.Host.Tests.Motifs;

public sealed class ExampleMotifsTests
{
    [Fact]
    public void The_files_are_what_the_command_writes()
    {
        foreach (var (fileName, clip) in ExampleMotifs.All)
        {
            using var expected = new MemoryStream();
            ClipWriter.Write(clip, expected, format: 0);
            Assert.Equal(expected.ToArray(), File.ReadAllBytes(TestPaths.Example(fileName)));
        }
        Assert.Equal(ExampleMotifs.All.Count, Directory.GetFiles(Path.GetDirectoryName(TestPaths.Example("x"))!, "*.mid").Length);
    }

    [Fact]
    public void Each_example_fills_its_bars_and_has_a_line_in_the_readme()
    {
        var readme = File.ReadAllText(TestPaths.Example("README.md"));
        foreach (var (fileName, clip) in ExampleMotifs.All)
        {
            var meter = clip.Meters[0].Meter;
            Assert.InRange(clip.ToPpq(clip.EndTick) / meter.BarPpq, 1, 4);
            Assert.Equal(clip.EndTick, clip.ToTick(clip.ToMeterMap().BarAt(clip.ToPpq(clip.EndTick - 1)).EndPpq));
            Assert.Contains($"| `{fileName}` |", readme, StringComparison.Ordinal);
            Assert.Contains($"| {new Meter(meter.Numerator, meter.Denominator)} |", readme, StringComparison.Ordinal);
        }
    }
}
