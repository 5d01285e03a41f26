namespace MidiMuse.Models.Corpus;

/// <summary>The corpus is not where it was looked for.</summary>
public sealed class CorpusMissingException(string message) : Exception(message);
