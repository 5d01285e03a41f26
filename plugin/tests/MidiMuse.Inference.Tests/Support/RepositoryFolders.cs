namespace MidiMuse.Inference.Tests.Support;

internal static class RepositoryFolders
{
    /// <summary>The weights that ship with the plugin.</summary>
    public static string LstmWeights { get; } = Path.Combine(Root(), "models", "weights", "lstm");

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MidiMuse.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests must run from within the repository.");
    }
}
