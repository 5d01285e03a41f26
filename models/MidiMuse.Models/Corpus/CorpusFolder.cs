using System.IO.Compression;

namespace MidiMuse.Models.Corpus;

/// <summary>The *.smc.gz files of a folder.</summary>
public sealed class CorpusFolder
{
    /// <exception cref="CorpusMissingException">The folder is not there or holds no corpus file.</exception>
    public CorpusFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CorpusMissingException($"There is no corpus at '{folder}'. It is not part of the repository; pass its folder with --corpus.");
        Files = [.. Directory.GetFiles(folder, "*.smc.gz").Order(StringComparer.Ordinal)];
        if (Files.Count == 0)
            throw new CorpusMissingException($"'{folder}' holds no *.smc.gz file.");
    }

    public IReadOnlyList<string> Files { get; }

    /// <summary>The pieces of one file that belong to a split.</summary>
    /// <exception cref="CorpusFormatException">The file breaks the format.</exception>
    public static IEnumerable<Piece> Read(string file, string split)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        foreach (var piece in new SmcReader(text, Path.GetFileName(file)).ReadPieces())
        {
            if (piece.Split == split)
                yield return piece;
        }
    }
}
