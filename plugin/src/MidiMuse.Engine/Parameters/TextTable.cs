using System.Collections.Immutable;
using MidiMuse.Core.Harmony;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Engine.Parameters;

/// <summary>A setting that is words and no number, so that no host parameter can hold it.</summary>
/// <param name="Key">Its name in saved states and commands; permanent.</param>
/// <param name="Problem">Why a text cannot be used, in words for the player, or null.</param>
public sealed record TextDefinition(string Key, string Title, string Help, Func<string, string?> Problem);

/// <summary>Every text setting. Append only.</summary>
public static class TextTable
{
    public const int MaximumLength = 4096;

    /// <summary>The motif that a morph leads to, as <see cref="MotifText"/> writes it.</summary>
    public const string Morph = "morph";

    /// <summary>Sections of the answer, as AnswerForm reads them.</summary>
    public const string Form = "form";

    /// <summary>The progression that answers follow, as <see cref="ChordLane"/> reads it.</summary>
    public const string Chords = "chords";

    public static readonly IReadOnlyList<TextDefinition> All =
    [
        new(Morph, "Morph", "the motif that a morph leads to, such as 4/4 1 bars ch 1 | 0:24:60:80 24:24:62:80", text => text.Length == 0 || MotifText.TryParse(text, out _) ? null : "That is no motif."),
        new(Form, "Form", "sections of the answer, such as A A B A; the parameter Form must be As typed", text => Planning.AnswerForm.TryParse(text, out var problem) is null ? problem : null),
        new(Chords, "Chords", "a progression from the answer's first bar on, such as Dm7 | G7 | Cmaj7 | %", text => ChordLane.TryParse(text, out _, out var problem) ? null : problem),
    ];

    public static TextDefinition? Find(string key) => All.FirstOrDefault(definition => definition.Key == key);
}

/// <summary>
/// The texts of an instance. Readable from any thread; written under the instance's lock. Setting one replaces
/// <see cref="All"/>, so what was made of a text can be kept as long as the reference is the same.
/// </summary>
public sealed class TextValues
{
    private ImmutableSortedDictionary<string, string> _all = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, string> All => Volatile.Read(ref _all);

    /// <summary>Empty where nothing is set.</summary>
    public string this[string key] => All.GetValueOrDefault(key, "");

    /// <summary>An empty text takes the setting away.</summary>
    public void Set(string key, string text) =>
        Volatile.Write(ref _all, string.IsNullOrWhiteSpace(text) ? _all.Remove(key) : _all.SetItem(key, text.Trim()));

    public void Replace(ImmutableSortedDictionary<string, string> texts) => Volatile.Write(ref _all, texts);
}
