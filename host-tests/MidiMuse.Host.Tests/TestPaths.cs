namespace MidiMuse.Host.Tests;

/// <summary>Files of the repository, found from where the tests run.</summary>
internal static class TestPaths
{
    internal static string Example(string fileName) => Path.Combine(Repository(), "host-tests", "examples", fileName);

    internal static string Readme => Path.Combine(Repository(), "README.md");

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MidiMuse.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
