using System.Collections.Immutable;

namespace MidiMuse.Core.Words;

/// <summary>
/// Reads what a player asks for in plain words: "darker, sparser, walking bass in D minor, ends softly". It works
/// through the words from left to right and takes the longest thing that it knows at each place (a key, a progression,
/// a phrase of the <see cref="Vocabulary"/>), with what stands before it: how much, more or less, not. The same words
/// always mean the same; nothing leaves the machine.
/// </summary>
public static class WordReader
{
    public const int MostCharacters = 1000;

    public static WordReading Read(string text)
    {
        var words = WordSequence.Of(text.Length > MostCharacters ? text[..MostCharacters] : text);
        var understood = ImmutableArray.CreateBuilder<UnderstoodWords>();
        var others = ImmutableArray.CreateBuilder<OtherWords>();
        var unknown = new List<string>();
        while (!words.IsAtEnd)
        {
            if (words.IsBreak)
            {
                Close(unknown, others);
                words.Skip(1);
            }
            else if (TryReadOne(words, understood, others))
            {
                Close(unknown, others);
            }
            else
            {
                var filler = words.Match(Vocabulary.Fillers);
                if (filler == 0)
                    unknown.Add(words.Current);
                words.Skip(Math.Max(1, filler));
            }
        }
        Close(unknown, others);
        return new WordReading(understood.ToImmutable(), others.ToImmutable());
    }

    private static bool TryReadOne(WordSequence words, ImmutableArray<UnderstoodWords>.Builder understood, ImmutableArray<OtherWords>.Builder others)
    {
        var start = words.Position;
        if (HarmonyWords.TryRead(words, out var harmony))
        {
            understood.Add(harmony);
            return true;
        }
        if (LineWords.TryRead(words, out var line))
        {
            understood.Add(line);
            return true;
        }
        var manner = Manner.Read(words);
        if (TryReadVocabulary(words, manner, start, out var meant))
        {
            understood.Add(meant);
            return true;
        }
        foreach (var excuse in Vocabulary.Excuses)
        {
            if (words.Match(excuse.Words) is > 0 and var length)
            {
                words.Skip(length);
                others.Add(new OtherWords(words.Text(start), excuse.Reason));
                return true;
            }
        }
        words.Position = start;
        return false;
    }

    /// <summary>The longest phrase wins; of equals the axis, since a comparative says more than a noun.</summary>
    private static bool TryReadVocabulary(WordSequence words, Manner manner, int start, out UnderstoodWords meant)
    {
        var phrase = Longest(Vocabulary.Phrases, p => words.Match(p.Words), out var phraseLength);
        var axis = Longest(Vocabulary.Axes, a => AxisLength(words, a), out var axisLength);
        meant = null!;
        if (Vocabulary.Excuses.Max(excuse => words.Match(excuse.Words)) > Math.Max(phraseLength, axisLength))
            return false;
        if (axisLength > 0 && axisLength >= phraseLength)
            meant = ReadAxis(axis!, words, manner, axisLength, start);
        else if (phraseLength > 0)
            meant = ReadPhrase(phrase!, words, manner, phraseLength, start);
        return meant is not null;
    }

    private static T? Longest<T>(IEnumerable<T> entries, Func<T, int> length, out int longest)
        where T : class
    {
        longest = 0;
        T? best = null;
        foreach (var entry in entries)
        {
            if (length(entry) <= longest)
                continue;
            longest = length(entry);
            best = entry;
        }
        return best;
    }

    private static int AxisLength(WordSequence words, WordAxis axis) =>
        Math.Max(Math.Max(words.Match(axis.Up), words.Match(axis.Upper)), Math.Max(words.Match(axis.Down), words.Match(axis.Downer)));

    private static UnderstoodWords ReadAxis(WordAxis axis, WordSequence words, Manner manner, int length, int start)
    {
        var isComparative = words.Match(axis.Upper) == length || words.Match(axis.Downer) == length;
        var isUp = words.Match(axis.Up) == length || words.Match(axis.Upper) == length;
        words.Skip(length);
        var direction = isUp == (manner.Direction >= 0) != manner.IsNegated ? 1 : -1;
        var isRelative = isComparative || manner.Direction != 0 || manner.IsNegated;
        var changes = axis.Changes.Select(change => isRelative ? Step(change, direction * manner.Degree) : Level(change, isUp, manner.Degree));
        return new UnderstoodWords(words.Text(start), direction > 0 ? axis.UpMeaning : axis.DownMeaning, [.. changes]);
    }

    private static WordChange Step(AxisChange change, double steps)
    {
        if (change.Kind == ChangeKind.Multiply)
            return new WordChange(change.Setting, ChangeKind.Multiply, Math.Pow(change.Step, steps), null, change.Base);
        // Octaves come whole.
        var amount = change.Setting == "octave" ? Math.Sign(steps) * Math.Max(1, Math.Round(Math.Abs(steps))) : change.Step * steps;
        return new WordChange(change.Setting, ChangeKind.Add, amount, null, change.Base);
    }

    private static WordChange Level(AxisChange change, bool isUp, double degree)
    {
        var value = isUp ? change.High : change.Low;
        if (change.Kind == ChangeKind.Multiply)
            value = Math.Pow(value, degree);
        else if (change.IsScaled)
            value = Math.Clamp(value * degree, -1, 1);
        return WordChange.Set(change.Setting, value);
    }

    private static UnderstoodWords ReadPhrase(WordPhrase phrase, WordSequence words, Manner manner, int length, int start)
    {
        words.Skip(length);
        var isNegated = (manner.IsNegated || manner.Direction < 0) && phrase.Not.Length > 0;
        return isNegated
            ? new UnderstoodWords(words.Text(start), phrase.NotMeaning, [.. phrase.Not])
            : new UnderstoodWords(words.Text(start), phrase.Meaning, [.. phrase.Changes]);
    }

    private static void Close(List<string> unknown, ImmutableArray<OtherWords>.Builder others)
    {
        if (unknown.Count > 0)
            others.Add(new OtherWords(string.Join(' ', unknown), null));
        unknown.Clear();
    }
}
