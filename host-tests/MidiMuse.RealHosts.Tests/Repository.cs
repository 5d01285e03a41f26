using System.Reflection;

namespace MidiMuse.RealHosts.Tests;

/// <summary>Where things are in the repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The bundle under test: what the build assembled, or what MIDIMUSE_BUNDLE names.</summary>
    public static string Bundle
    {
        get
        {
            var bundle = Environment.GetEnvironmentVariable("MIDIMUSE_BUNDLE") ?? Path.Combine(Artifacts, "bundle", "MidiMuse.vst3");
            Assert.True(Directory.Exists(bundle), $"There is no bundle at {bundle}: dotnet build MidiMuse.sln makes it.");
            return bundle;
        }
    }

    private static readonly Lazy<string> WorkFolder = new(EmptyWorkFolder);

    private static int _workFolders;

    /// <summary>A new folder for the files of one run, kept until the tests run again.</summary>
    public static string NewWorkFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(WorkFolder.Value, $"{Interlocked.Increment(ref _workFolders):D3}-{name}")).FullName;

    private static string EmptyWorkFolder()
    {
        var folder = Path.Combine(Artifacts, "real-hosts");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return folder;
    }
}
