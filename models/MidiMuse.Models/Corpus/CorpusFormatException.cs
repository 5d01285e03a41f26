namespace MidiMuse.Models.Corpus;

/// <summary>A corpus file breaks the SMC format.</summary>
public sealed class CorpusFormatException : Exception
{
    public CorpusFormatException(string file, int line, string problem)
        : base($"{file}, line {line}: {problem}")
    {
        Line = line;
    }

    /// <summary>One-based line of the uncompressed text.</summary>
    public int Line { get; }
}
