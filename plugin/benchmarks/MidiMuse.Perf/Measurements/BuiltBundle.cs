using MidiMuse.Host.Loading;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Measurements;

/// <summary>The bundle under measurement, as `dotnet build` leaves it.</summary>
internal sealed class BuiltBundle
{
    private const double SmallFileMegabytes = 0.1;

    private BuiltBundle(string path)
    {
        Path = path;
        Module = Vst3Bundle.ModulePath(path);
        Binaries = System.IO.Path.GetDirectoryName(Module)!;
    }

    public string Path { get; }

    public string Module { get; }

    /// <summary>The folder of the libraries and models.</summary>
    public string Binaries { get; }

    /// <summary>The folder that holds a folder for each model.</summary>
    public string Models => System.IO.Path.Combine(Binaries, "models");

    /// <summary>The model that answers by default.</summary>
    public string ModelFolder => System.IO.Path.Combine(Models, "transformer");

    /// <summary>The folder that the native hosts of plugin/bridge/bench are built in.</summary>
    public string NativeBench => System.IO.Path.Combine(Path, "..", "..", "bridge", "linux-x64", "bench");

    /// <exception cref="Vst3Exception">It has not been built.</exception>
    public static BuiltBundle Find() => new(Vst3Bundle.FindBuilt());

    public IEnumerable<Figure> Sizes()
    {
        const string Part = "bundle size";
        var files = new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).OrderByDescending(file => file.Length).ToList();
        yield return new Figure(Part, "all files", "MB", files.Sum(file => file.Length) / 1e6);
        foreach (var file in files.Where(file => file.Length / 1e6 >= SmallFileMegabytes))
            yield return new Figure(Part, System.IO.Path.GetRelativePath(Binaries, file.FullName), "MB", file.Length / 1e6);
        var small = files.Where(file => file.Length / 1e6 < SmallFileMegabytes).ToList();
        yield return new Figure(Part, "smaller files", "MB", small.Sum(file => file.Length) / 1e6) { Note = $"{small.Count} files" };
    }
}
