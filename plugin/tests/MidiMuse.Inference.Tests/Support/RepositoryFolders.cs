namespace MidiMuse.Inference.Tests.Support;

internal static class RepositoryFolders
{
    /// <summary>The weights that ship with the plugin.</summary>
    public static string LstmWeights { get; } = Path.Combine(Root(), "models", "weights", "lstm");

    public static string TransformerWeights { get; } = Path.Combine(Root(), "models", "weights", "transformer");

    /// <summary>A Transformer of two layers with random weights, built by `midimuse-models build-onnx` from `export_transformer.py --tiny`.</summary>
    public static string TinyTransformer { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "tiny-transformer");

    public static string VaeWeights { get; } = Path.Combine(Root(), "models", "weights", "vae");

    public static string GanWeights { get; } = Path.Combine(Root(), "models", "weights", "gan");

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
