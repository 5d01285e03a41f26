using System.Collections.Immutable;
using System.Globalization;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Words;

/// <summary>Numbers and pitches in a sentence: "from C3 to C5", "below G4", "two voices", "8 bars", "three notes a beat".</summary>
internal static class LineWords
{
    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight"];

    public static bool TryRead(WordSequence words, out UnderstoodWords meant) =>
        TryReadRange(words, out meant) || TryReadCount(words, out meant);

    private static bool TryReadRange(WordSequence words, out UnderstoodWords meant)
    {
        meant = null!;
        var start = words.Position;
        var (first, second) = (words.LowerAt(0), words.LowerAt(2));
        if ((first, second) is ("from", "to") or ("between", "and") && PitchName.TryParse(words.At(1), out var low) && PitchName.TryParse(words.At(3), out var high))
        {
            words.Skip(4);
            meant = new UnderstoodWords(words.Text(start), $"every note from {PitchName.Of(Math.Min(low, high))} to {PitchName.Of(Math.Max(low, high))}",
                [WordChange.Set("lowNote", Math.Min(low, high)), WordChange.Set("highNote", Math.Max(low, high))]);
            return true;
        }
        if (first is "below" or "under" && PitchName.TryParse(words.At(1), out var ceiling))
            return Single(words, start, $"no note above {PitchName.Of(ceiling)}", WordChange.Set("highNote", ceiling), out meant);
        if (first is "above" or "over" && PitchName.TryParse(words.At(1), out var floor))
            return Single(words, start, $"no note below {PitchName.Of(floor)}", WordChange.Set("lowNote", floor), out meant);
        return false;
    }

    private static bool TryReadCount(WordSequence words, out UnderstoodWords meant)
    {
        meant = null!;
        var start = words.Position;
        if (!TryReadNumber(words.LowerAt(0), out var number))
            return false;
        if (words.LowerAt(1) is "voice" or "voices" && number is >= 1 and <= 6)
            return Single(words, start, $"at most {Text(number)} voices", WordChange.Set("voices", number), out meant);
        if (words.LowerAt(1) is "bar" or "bars" && number is >= 1 and <= 32)
            return Single(words, start, $"an answer of {Text(number)} bars", WordChange.Set("answerLength", number), out meant);
        if (words.LowerAt(1) is "octave" or "octaves" && words.LowerAt(2) is "up" or "higher" or "down" or "lower" && number is >= 1 and <= 3)
        {
            var octaves = words.LowerAt(2) is "up" or "higher" ? number : -number;
            words.Skip(1);
            return Single(words, start, $"a register {Text(number)} octaves {(octaves > 0 ? "higher" : "lower")}", new WordChange("octave", ChangeKind.Add, octaves), out meant);
        }
        if (words.LowerAt(1) is "note" or "notes" && words.LowerAt(2) is "a" or "per" && words.LowerAt(3) == "beat" && number is > 0 and <= 8)
        {
            words.Skip(2);
            return Single(words, start, $"{Text(number)} onsets a beat", WordChange.Set("notesPerBeat", number), out meant);
        }
        return false;
    }

    private static bool Single(WordSequence words, int start, string meaning, WordChange change, out UnderstoodWords meant)
    {
        words.Skip(2);
        meant = new UnderstoodWords(words.Text(start), meaning, ImmutableArray.Create(change));
        return true;
    }

    private static bool TryReadNumber(string word, out double number)
    {
        number = Array.IndexOf(Numbers, word);
        return number >= 0 || double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
