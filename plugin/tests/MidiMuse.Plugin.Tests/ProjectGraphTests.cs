using System.Xml.Linq;

namespace MidiMuse.Plugin.Tests;

/// <summary>Oracle: the table of projects in plugin/docs/ARCHITECTURE.md. What is not listed may not be referred to.</summary>
public class ProjectGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MidiMuse.Core"] = [],
        ["MidiMuse.Inference"] = ["MidiMuse.Core", "$(OrtPackage)", "System.Numerics.Tensors"],
        ["MidiMuse.Engine"] = ["MidiMuse.Inference"],
        ["MidiMuse.Editor"] = ["MidiMuse.Core", "MidiMuse.Engine", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"],
        ["MidiMuse.Plugin"] = ["MidiMuse.Editor", "MidiMuse.Engine"],
        ["MidiMuse.Windows"] = ["MidiMuse.Plugin", "MidiMuse.Editor", "MidiMuse.Bridge", "AudioPlugSharp", "AudioPlugSharpVst3", "Melanchall.DryWetMidi"],
    };

    [Fact]
    public void Every_source_project_refers_to_what_its_layer_may_and_to_nothing_else()
    {
        var sources = Path.Combine(RepositoryRoot(), "plugin", "src");
        var projects = Directory.GetFiles(sources, "*.csproj", SearchOption.AllDirectories);
        Assert.Equal(Allowed.Keys.Order(), projects.Select(project => Path.GetFileNameWithoutExtension(project)!).Order());
        foreach (var project in projects)
            Assert.Subset(Allowed[Path.GetFileNameWithoutExtension(project)].ToHashSet(), References(project));
    }

    private static HashSet<string> References(string project) =>
        [.. XDocument.Load(project).Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference")
            .Select(element => element.Attribute("Include")!.Value)
            .Select(include => include.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(include.Replace('\\', '/')) : include)];

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MidiMuse.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests do not run below the repository.");
    }
}
