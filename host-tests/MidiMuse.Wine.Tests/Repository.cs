using System.Reflection;

namespace MidiMuse.Wine.Tests;

/// <summary>Where things are in the repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly Lazy<string> WorkFolder = new(EmptyWorkFolder);

    private static int _workFolders;

    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>Of these tests alone: other test projects run at the same time.</summary>
    public static string WineFolder => Path.Combine(Artifacts, "wine", typeof(Repository).Assembly.GetName().Name!);

    public static string Artifacts => Path.Combine(Root, "artifacts");

    public static string Motif(string name) => Path.Combine(Root, "host-tests", "examples", name + ".mid");

    /// <summary>A new folder for the files of one run, kept until the tests run again.</summary>
    public static string NewWorkFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(WorkFolder.Value, $"{Interlocked.Increment(ref _workFolders):D3}-{name}")).FullName;

    private static string EmptyWorkFolder()
    {
        var folder = Path.Combine(WineFolder, "work");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return folder;
    }
}
