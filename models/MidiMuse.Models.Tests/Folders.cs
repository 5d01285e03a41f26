using System.Reflection;

namespace MidiMuse.Models.Tests;

/// <summary>Where the tests find things.</summary>
internal static class Folders
{
    public static string Data => Path.Combine(AppContext.BaseDirectory, "Data");

    public static string Repository =>
        typeof(Folders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string Weights => Path.Combine(Repository, "models", "weights", "lstm");
}
