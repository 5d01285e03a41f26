using System.Text.Json;
using MidiMuse.Wine.Tests;

namespace MidiMuse.Installer.Tests;

/// <summary>Oracle: the packages that the engine's build itself says it uses, and the models that are in the bundle.</summary>
public sealed class NoticesTests
{
    /// <summary>Packages whose licence stands in the file of another one: parts of ONNX Runtime, and of .NET.</summary>
    private static readonly Dictionary<string, string> NoticeOf = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.ML.OnnxRuntime"] = "onnxruntime.txt",
        ["Microsoft.ML.OnnxRuntime.Managed"] = "onnxruntime.txt",
        ["System.Numerics.Tensors"] = "dotnet.txt",
        ["SkiaSharp"] = "skiasharp.txt",
        ["SkiaSharp.NativeAssets.Linux.NoDependencies"] = "skiasharp.txt",
        ["SkiaSharp.NativeAssets.Win32"] = "skiasharp.txt",
        ["SkiaSharp.NativeAssets.macOS"] = "skiasharp.txt",
    };

    [NeedsFact]
    public void Every_package_in_the_bundle_has_its_licence_there()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        using var dependencies = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Artifacts, "bin", "MidiMuse.Plugin", configuration, "MidiMuse.Plugin.deps.json")));
        var packages = dependencies.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/')[0])
            .ToList();

        Assert.Contains("Microsoft.ML.OnnxRuntime", packages);
        Assert.All(packages, package => Assert.True(NoticeOf.ContainsKey(package), $"{package} has no licence file: see plugin/bundle/Notices.targets."));
        Assert.All(packages, package => AssertNotice(NoticeOf[package]));
        Assert.All((string[])["MidiMuse.txt", "dotnet.txt", "dotnet-third-parties.txt", "onnxruntime-third-parties.txt", "cxx-runtime.txt"], AssertNotice);
    }

    [NeedsFact]
    public void Every_model_in_the_bundle_has_its_card_with_the_data_and_their_licences()
    {
        var models = Path.Combine(Packages.Bundle, "Contents", "x86_64-linux", "models");
        var names = Directory.GetFiles(models, "model.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(models, Path.GetDirectoryName(file)!)).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name =>
        {
            var card = File.ReadAllText(Path.Combine(Packages.Bundle, "Contents", "Resources", "licences", "models", name, "CARD.md"));
            Assert.Contains("licence", card, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static void AssertNotice(string file)
    {
        var path = Path.Combine(Packages.Bundle, "Contents", "Resources", "licences", file);
        Assert.True(File.Exists(path), $"{path} is missing.");
        Assert.True(new FileInfo(path).Length > 200, $"{path} is empty.");
    }
}
