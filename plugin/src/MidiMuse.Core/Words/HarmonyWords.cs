using System.Collections.Immutable;
using MidiMuse.Core.Harmony;

namespace MidiMuse.Core.Words;

/// <summary>Keys, scales and progressions in a sentence: "in D minor", "F# dorian", "Bb", "over Dm7 G7 Cmaj7".</summary>
internal static class HarmonyWords
{
    private static readonly string[] Tonics = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    private static readonly string[] BeforeProgression = ["over", "chords are", "changes are", "progression", "over the changes", "over the chords"];

    public static bool TryRead(WordSequence words, out UnderstoodWords meant) =>
        TryReadProgression(words, out meant) || TryReadKey(words, out meant);

    private static bool TryReadProgression(WordSequence words, out UnderstoodWords meant)
    {
        meant = null!;
        var start = words.Position;
        var intro = words.Match(BeforeProgression);
        if (intro == 0)
            return false;
        words.Skip(intro);
        var chords = new List<string>();
        while (!words.IsAtEnd && !words.IsBreak && IsOfProgression(words.Current))
        {
            chords.Add(words.Current);
            words.Skip(1);
        }
        if (!ChordLane.TryParse(string.Join(' ', chords), out var lane, out _))
        {
            words.Position = start;
            return false;
        }
        WordChange[] changes = [new WordChange("chords", ChangeKind.Set, 0, lane!.ToString()) { IsText = true }, WordChange.Set("chordSource", "As given")];
        meant = new UnderstoodWords(words.Text(start), $"the progression {lane}, a bar each unless bar lines say otherwise", [.. changes]);
        return true;
    }

    private static bool IsOfProgression(string word) =>
        word is "|" or ChordSymbol.Repeat or "/" || (char.IsAsciiLetterUpper(word[0]) && ChordSymbol.TryParse(word, out _)) || RomanNumeral.TryParse(word, out _);

    private static bool TryReadKey(WordSequence words, out UnderstoodWords meant)
    {
        meant = null!;
        var start = words.Position;
        var isAnnounced = SkipAnnouncement(words);
        var hasTonic = TryReadTonic(words, out var tonic, out var isMinorChord);
        var scaleLength = ScaleAt(words, out var scale);
        // "in a minor key" has no tonic; "I play a minor third" has neither.
        if (hasTonic && scaleLength == 0 && !isMinorChord && !isAnnounced)
            hasTonic = false;
        if (!hasTonic && scaleLength == 0)
        {
            words.Position = start;
            words.Skip(0);
            scaleLength = ScaleAt(words, out scale);
            if (scaleLength == 0)
                return false;
        }
        words.Skip(scaleLength);
        if (words.LowerAt(0) is "key" or "scale" or "mode")
            words.Skip(1);
        if (isMinorChord)
            scale = Scale.NaturalMinor;
        else if (scaleLength == 0)
            scale = Scale.Major;
        meant = new UnderstoodWords(words.Text(start), Meaning(hasTonic, tonic, scale), Changes(hasTonic, tonic, scale));
        return true;
    }

    private static bool SkipAnnouncement(WordSequence words)
    {
        var length = words.Match(["in the key of", "in", "key of", "in key of"]);
        words.Skip(length);
        return length > 0;
    }

    /// <summary>D, Eb, F#, "E flat", "f sharp", and Dm for D minor. The article in "a minor key" is no tonic.</summary>
    private static bool TryReadTonic(WordSequence words, out int tonic, out bool isMinorChord)
    {
        (tonic, isMinorChord) = (0, false);
        var word = words.Current;
        if (word.Length == 0 || (word == "a" && words.LowerAt(2) is "key" or "mode" or "scale"))
            return false;
        var name = word;
        if (name.Length > 1 && name[^1] == 'm')
        {
            isMinorChord = true;
            name = name[..^1];
        }
        if (name.Length > 2 || !TryParseTonic(name, out tonic))
        {
            isMinorChord = false;
            return false;
        }
        // A lower-case letter alone is a word; before a scale it is a tonic.
        words.Skip(1);
        var accidental = words.LowerAt(0) switch { "flat" => -1, "sharp" => 1, _ => 0 };
        words.Skip(Math.Abs(accidental));
        tonic = (tonic + accidental + 12) % 12;
        if (char.IsAsciiLetterLower(word[0]) && accidental == 0 && !isMinorChord && ScaleAt(words, out _) == 0)
        {
            words.Position--;
            return false;
        }
        return true;
    }

    private static bool TryParseTonic(string name, out int tonic)
    {
        tonic = "C.D.EF.G.A.B".IndexOf(char.ToUpperInvariant(name[0]), StringComparison.Ordinal);
        if (tonic < 0 || name[0] == '.' || (name.Length == 2 && name[1] is not ('#' or 'b')))
            return false;
        if (name.Length == 2)
            tonic = (tonic + (name[1] == '#' ? 1 : 11)) % 12;
        return true;
    }

    /// <summary>Number of words of a scale's name that begins here.</summary>
    private static int ScaleAt(WordSequence words, out Scale scale)
    {
        scale = Scale.Major;
        var longest = 0;
        foreach (var (name, candidate) in Names())
        {
            if (words.Match([name]) is var length && length > longest)
                (longest, scale) = (length, candidate);
        }
        return longest;
    }

    private static IEnumerable<(string Name, Scale Scale)> Names()
    {
        foreach (var scale in Scale.All.Concat(Scale.Rarer))
        {
            // Words of the language and of the controls rather than scales.
            if (scale.Name is not ("In" or "Chromatic"))
                yield return (scale.Name.ToLowerInvariant(), scale);
        }
        yield return ("minor", Scale.NaturalMinor);
        yield return ("aeolian", Scale.NaturalMinor);
        yield return ("ionian", Scale.Major);
        yield return ("pentatonic", Scale.MajorPentatonic);
        yield return ("pentatonic minor", Scale.MinorPentatonic);
        yield return ("minor blues", Scale.Blues);
        yield return ("octatonic", Scale.Diminished);
    }

    private static string Meaning(bool hasTonic, int tonic, Scale scale) =>
        hasTonic ? $"only notes of {Tonics[tonic]} {LowerName(scale)}" : $"only notes of the {LowerName(scale)} scale on the motif's tonic";

    private static string LowerName(Scale scale) => char.ToLowerInvariant(scale.Name[0]) + scale.Name[1..];

    private static ImmutableArray<WordChange> Changes(bool hasTonic, int tonic, Scale scale)
    {
        var changes = ImmutableArray.CreateBuilder<WordChange>();
        if (hasTonic)
            changes.Add(WordChange.Set("key", Tonics[tonic]));
        if (Scale.All.Contains(scale))
        {
            changes.Add(WordChange.Set("scale", scale.Name));
            changes.Add(WordChange.Set("customScale", 0));
        }
        else
        {
            changes.Add(WordChange.Set("customScale", scale.Name));
        }
        return changes.ToImmutable();
    }
}
