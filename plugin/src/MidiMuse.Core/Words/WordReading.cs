using System.Collections.Immutable;

namespace MidiMuse.Core.Words;

public enum ChangeKind
{
    Set = 0,
    Add = 1,

    /// <summary>Times a factor.</summary>
    Multiply = 2,
}

/// <summary>One change of a setting that words ask for.</summary>
/// <param name="Setting">Key of a parameter, or of a text where <see cref="IsText"/>.</param>
/// <param name="Value">Plain value, or what is added or multiplied; 0 where <see cref="Text"/> says it.</param>
/// <param name="Text">A value in the parameter's own words; null for numbers.</param>
/// <param name="Base">What relative changes start from where the setting is not set ("Auto", "Free").</param>
public sealed record WordChange(string Setting, ChangeKind Kind, double Value, string? Text = null, double Base = 0)
{
    public bool IsText { get; init; }

    public static WordChange Set(string setting, double value) => new(setting, ChangeKind.Set, value);

    public static WordChange Set(string setting, string text) => new(setting, ChangeKind.Set, 0, text);
}

/// <summary>Some words that were understood.</summary>
/// <param name="Words">As they were written.</param>
/// <param name="Meaning">In the language of music theory.</param>
public sealed record UnderstoodWords(string Words, string Meaning, ImmutableArray<WordChange> Changes);

/// <summary>Words that change nothing.</summary>
/// <param name="Reason">Why, where there is more to say than that they are not in the vocabulary; else null.</param>
public sealed record OtherWords(string Words, string? Reason);

/// <summary>What was made of a sentence. Changes are applied in order; a later one of the same setting wins.</summary>
public sealed record WordReading(ImmutableArray<UnderstoodWords> Understood, ImmutableArray<OtherWords> NotUnderstood)
{
    public IEnumerable<WordChange> Changes => Understood.SelectMany(words => words.Changes);

    /// <summary>One line for each group of words.</summary>
    public override string ToString() => string.Join('\n', Understood
        .Select(words => $"{words.Words}: {words.Meaning}")
        .Concat(NotUnderstood.Select(words => $"not understood: {words.Words}{(words.Reason is { } reason ? $" ({reason})" : "")}")));
}
