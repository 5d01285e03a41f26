using MidiMuse.Core.Notes;
using MidiMuse.Engine.Parameters;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// Sections of an answer, written as letters: "A A B A". A letter that has been heard comes back varied; after the last
/// letter the form begins again. Immutable, compared by content.
/// </summary>
public sealed record AnswerForm
{
    public const int MostSections = 64;

    private static LastRead? s_last;

    private AnswerForm(string letters) => Letters = letters;

    /// <summary>One letter a section.</summary>
    public string Letters { get; }

    /// <summary>Reads letters with or without spaces, commas or bars between them; primes ("A'") are left out.</summary>
    /// <param name="problem">What is wrong, in words for the player; null where nothing is.</param>
    public static AnswerForm? TryParse(string text, out string? problem)
    {
        var letters = string.Concat(text.Where(character => !char.IsWhiteSpace(character) && character is not (',' or '|' or '-' or '\'' or '’'))).ToUpperInvariant();
        problem = letters switch
        {
            "" => "A form has at least one section, such as A A B A.",
            _ when letters.Any(character => character is < 'A' or > 'Z') => $"'{letters.First(character => character is < 'A' or > 'Z')}' is no section: sections are letters, such as A A B A.",
            { Length: > MostSections } => $"A form has at most {MostSections} sections.",
            _ => null,
        };
        return problem is null ? new AnswerForm(letters) : null;
    }

    /// <summary>The form of a choice of the parameter; null = none, or one that cannot be read.</summary>
    public static AnswerForm? Of(int choice, TextValues? texts)
    {
        var text = choice == AnswerParameters.FormAsTyped ? texts?[TextTable.Form] : AnswerParameters.Forms[choice];
        if (string.IsNullOrEmpty(text))
            return null;
        // Settings are read for every decision and every wait of a millisecond before one; the form seldom changes.
        if (Volatile.Read(ref s_last) is not { } last || last.Text != text)
        {
            last = new LastRead(text, TryParse(text, out _));
            Volatile.Write(ref s_last, last);
        }
        return last.Form;
    }

    /// <summary>The bar that a bar returns to, or null where it is new.</summary>
    public int? SourceOf(int bar, int sectionBars)
    {
        var section = bar / sectionBars;
        var letter = Letters[section % Letters.Length];
        for (var earlier = 0; earlier < section; earlier++)
        {
            if (Letters[earlier % Letters.Length] == letter)
                return (earlier * sectionBars) + (bar % sectionBars);
        }
        return null;
    }

    /// <summary>
    /// What of a bar comes back: every note with a chance of 1 - variation, notes on strong places more often, so that
    /// the frame of a melody stays and its ornaments change.
    /// </summary>
    /// <param name="notes">The earlier bar's notes, moved to the new bar.</param>
    /// <param name="startTick">The new bar.</param>
    /// <param name="beatTicks">A beat.</param>
    public static (GridNote[] Kept, List<(long FromTick, long UntilTick)> Gaps) Vary(IReadOnlyList<GridNote> notes, long startTick, long beatTicks, double variation, ref Xoshiro256 random)
    {
        var kept = new List<GridNote>();
        var gaps = new List<(long, long)>();
        foreach (var note in notes)
        {
            var isStrong = (note.OnsetTick - startTick) % (2 * beatTicks) == 0;
            if (random.NextDouble() >= (isStrong ? variation * variation : variation))
                kept.Add(note);
            else
                gaps.Add((note.OnsetTick, note.EndTick));
        }
        return ([.. kept], gaps);
    }

    private sealed record LastRead(string Text, AnswerForm? Form);
}
