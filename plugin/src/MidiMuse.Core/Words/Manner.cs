namespace MidiMuse.Core.Words;

/// <summary>What stands before a word: how much, more or less, not.</summary>
/// <param name="Direction">1 more, -1 less, 0 neither.</param>
internal readonly record struct Manner(double Degree, int Direction, bool IsNegated)
{
    public static Manner Read(WordSequence words)
    {
        var manner = new Manner(1, 0, false);
        while (TryReadOne(words, ref manner))
        {
        }
        return manner;
    }

    private static bool TryReadOne(WordSequence words, ref Manner manner)
    {
        // Where the vocabulary has a phrase that begins here ("more notes", "no chords"), it is not a manner.
        if (IsPhrase(words))
            return false;
        if (words.Match(Vocabulary.Less) is > 0 and var less)
        {
            manner = manner with { Direction = -1 };
            words.Skip(less);
            return true;
        }
        if (words.Match(Vocabulary.Not) is > 0 and var not)
        {
            manner = manner with { IsNegated = !manner.IsNegated };
            words.Skip(not);
            return true;
        }
        if (words.Match(Vocabulary.More) is > 0 and var more)
        {
            manner = manner with { Direction = 1 };
            words.Skip(more);
            return true;
        }
        foreach (var (word, degree) in Vocabulary.Degrees)
        {
            if (words.Match([word]) is > 0 and var length)
            {
                manner = manner with { Degree = degree };
                words.Skip(length);
                return true;
            }
        }
        if (manner == new Manner(1, 0, false) || words.Match(["a", "an", "the", "be", "any"]) is not (> 0 and var article))
            return false;
        words.Skip(article);
        return true;
    }

    private static bool IsPhrase(WordSequence words) =>
        Vocabulary.Phrases.Any(phrase => words.Match(phrase.Words) > 0)
        || Vocabulary.Axes.Any(axis => words.Match(axis.Upper) > 0 || words.Match(axis.Downer) > 0 || words.Match(axis.Up) > 0 || words.Match(axis.Down) > 0)
        || Vocabulary.Excuses.Any(excuse => words.Match(excuse.Words) > 0);
}
