namespace MidiMuse.Core.Words;

/// <summary>The words of a sentence and a place among them. Commas and the like are breaks.</summary>
internal sealed class WordSequence
{
    public const string Break = ",";

    private readonly string[] _words;
    private readonly string[] _lower;

    private WordSequence(string[] words)
    {
        _words = words;
        _lower = [.. words.Select(word => word.ToLowerInvariant())];
    }

    public int Position { get; set; }

    public bool IsAtEnd => Position >= _words.Length;

    public bool IsBreak => !IsAtEnd && _words[Position] == Break;

    /// <summary>As it was written; empty at the end.</summary>
    public string Current => At(0);

    public static WordSequence Of(string text)
    {
        var separated = text.Replace("\u2019", "'", StringComparison.Ordinal).Replace("\u266D", "b", StringComparison.Ordinal).Replace("\u266F", "#", StringComparison.Ordinal);
        foreach (var mark in (string[])[",", ";", ". ", "!", "?", ":", "\n", "\""])
            separated = separated.Replace(mark, $" {Break} ", StringComparison.Ordinal);
        separated = separated.TrimEnd('.', ' ');
        separated = separated.Replace("|", " | ", StringComparison.Ordinal);
        return new WordSequence(separated.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A word ahead, as it was written; empty beyond the end and at breaks.</summary>
    public string At(int ahead) => Position + ahead < _words.Length && _words[Position + ahead] != Break ? _words[Position + ahead] : "";

    public string LowerAt(int ahead) => At(ahead).Length == 0 ? "" : _lower[Position + ahead];

    public void Skip(int words) => Position = Math.Min(_words.Length, Position + words);

    /// <summary>Number of words of the longest phrase that begins here; 0 where none does.</summary>
    public int Match(IEnumerable<string> phrases)
    {
        var longest = 0;
        foreach (var phrase in phrases)
        {
            var parts = phrase.Split(' ');
            if (parts.Length > longest && parts.Select((part, i) => LowerAt(i) == part).All(same => same))
                longest = parts.Length;
        }
        return longest;
    }

    /// <summary>The words from a position up to here.</summary>
    public string Text(int from) => string.Join(' ', _words[from..Position].Where(word => word != Break));
}
