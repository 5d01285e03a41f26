namespace MidiMuse.Core.Harmony;

/// <summary>
/// Reads chord symbols as players and lead sheets write them: C, Cm, C-7, Cmaj7, C^7, F#m7b5, Bo7, C+, Gsus4(7), A7(b9),
/// C6/9, Am/G, N.C.; also Nottingham's D/f+ (bass f sharp) and Gd, Ga (diminished, augmented).
/// </summary>
public static class ChordSymbol
{
    /// <summary>The sign for "as before" on a chord chart.</summary>
    public const string Repeat = "%";

    private const int Third = 1 << 3 | 1 << 4;
    private const int Fifth = 1 << 6 | 1 << 7 | 1 << 8;

    /// <summary>What a word adds, longest words first. Removals come before additions.</summary>
    private static readonly (string Word, int Remove, int Add)[] Words =
    [
        ("maj13", 0, Bits(11, 2, 9)), ("maj11", 0, Bits(11, 2, 5)), ("maj9", 0, Bits(11, 2)), ("maj7", 0, Bits(11)), ("maj", 0, 0),
        ("ma9", 0, Bits(11, 2)), ("ma7", 0, Bits(11)), ("M9", 0, Bits(11, 2)), ("M7", 0, Bits(11)), ("M", 0, 0),
        ("Δ9", 0, Bits(11, 2)), ("Δ7", 0, Bits(11)), ("Δ", 0, Bits(11)), ("^9", 0, Bits(11, 2)), ("^7", 0, Bits(11)), ("^", 0, Bits(11)),
        ("minor", Third, Bits(3)), ("min", Third, Bits(3)), ("mi", Third, Bits(3)), ("m", Third, Bits(3)), ("-", Third, Bits(3)),
        ("dim7", Third | Fifth, Bits(3, 6, 9)), ("dim", Third | Fifth, Bits(3, 6)),
        ("°7", Third | Fifth, Bits(3, 6, 9)), ("°", Third | Fifth, Bits(3, 6)),
        ("o7", Third | Fifth, Bits(3, 6, 9)), ("o", Third | Fifth, Bits(3, 6)),
        ("ø7", Third | Fifth, Bits(3, 6, 10)), ("ø", Third | Fifth, Bits(3, 6, 10)),
        ("aug", Fifth, Bits(8)), ("+", Fifth, Bits(8)),
        ("sus2", Third, Bits(2)), ("sus4", Third, Bits(5)), ("sus", Third, Bits(5)),
        ("add11", 0, Bits(5)), ("add13", 0, Bits(9)), ("add9", 0, Bits(2)), ("add2", 0, Bits(2)), ("add4", 0, Bits(5)), ("add6", 0, Bits(9)),
        ("alt", Fifth, Bits(10, 8, 1, 3)),
        ("no3", Third, 0), ("no5", Fifth, 0),
        ("b13", 0, Bits(8)), ("#11", 0, Bits(6)), ("b9", 1 << 2, Bits(1)), ("#9", 1 << 2, Bits(3)), ("b5", Fifth, Bits(6)), ("#5", Fifth, Bits(8)),
        ("6/9", 0, Bits(9, 2)), ("69", 0, Bits(9, 2)),
        ("13", 0, Bits(10, 2, 9)), ("11", 0, Bits(10, 2, 5)), ("9", 0, Bits(10, 2)), ("7", 0, Bits(10)), ("6", 0, Bits(9)),
        ("5", 0, 0), ("4", 0, Bits(5)), ("2", 0, Bits(2)),
    ];

    /// <summary>False where the text is no chord symbol; <see cref="Repeat"/> is none either, its reader knows what was before.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Chord chord)
    {
        chord = Chord.None;
        text = text.Trim();
        if (text is "N.C." or "NC" or "N.C" or "n.c." or "-")
            return true;
        if (!TryReadRoot(ref text, out var root))
            return false;
        SplitBass(text, out var kind, out var bassText);
        if (!TryReadKind(kind, out var intervals))
            return false;
        var bass = root;
        if (!bassText.IsEmpty && !TryReadBass(bassText, out bass))
            return false;
        var quality = kind is "5" ? ChordQuality.Power : QualityOf(intervals);
        chord = new Chord(root, quality, bass, (ushort)(Chord.Rotate(intervals, root) | (1 << bass)));
        return true;
    }

    private static void SplitBass(ReadOnlySpan<char> text, out ReadOnlySpan<char> kind, out ReadOnlySpan<char> bass)
    {
        var slash = text.LastIndexOf('/');
        // C6/9 has a slash that is no bass.
        var hasBass = slash >= 0 && slash + 1 < text.Length && !char.IsAsciiDigit(text[slash + 1]);
        kind = hasBass ? text[..slash] : text;
        bass = hasBass ? text[(slash + 1)..] : [];
    }

    private static bool TryReadBass(ReadOnlySpan<char> text, out int bass)
    {
        bass = 0;
        // Nottingham: lower case, a plus for a sharp.
        if (text.Length == 2 && char.IsAsciiLetterLower(text[0]) && text[1] == '+')
        {
            if (!TryReadRoot(ref text, out bass))
                return false;
            bass = (bass + 1) % 12;
            return true;
        }
        return TryReadRoot(ref text, out bass) && text.IsEmpty;
    }

    private static bool TryReadRoot(ref ReadOnlySpan<char> text, out int root)
    {
        root = 0;
        if (text.IsEmpty)
            return false;
        var letter = char.ToUpperInvariant(text[0]);
        var index = "C.D.EF.G.A.B".IndexOf(letter, StringComparison.Ordinal);
        if (letter == '.' || index < 0)
            return false;
        text = text[1..];
        while (!text.IsEmpty && text[0] is '#' or '♯' or 'b' or '♭')
        {
            index += text[0] is '#' or '♯' ? 1 : -1;
            text = text[1..];
        }
        root = ((index % 12) + 12) % 12;
        return true;
    }

    private static bool TryReadKind(ReadOnlySpan<char> kind, out ushort intervals)
    {
        intervals = Chord.IntervalsOf(ChordQuality.Major);
        if (kind is "5")
            intervals = Chord.IntervalsOf(ChordQuality.Power);
        else if (kind is "d")
            intervals = Chord.IntervalsOf(ChordQuality.Diminished);
        else if (kind is "a")
            intervals = Chord.IntervalsOf(ChordQuality.Augmented);
        else
            return TryReadWords(kind, ref intervals);
        return true;
    }

    private static bool TryReadWords(ReadOnlySpan<char> kind, ref ushort intervals)
    {
        var set = (int)intervals;
        while (!kind.IsEmpty)
        {
            if (kind[0] is '(' or ')' or ',' or ' ')
            {
                kind = kind[1..];
                continue;
            }
            var index = FirstWord(kind);
            if (index < 0)
                return false;
            var (word, remove, add) = Words[index];
            // The seventh of Cm(maj7) and Cmaj7 is major whatever a later number says (Cmaj9).
            if ((set & (1 << 11)) != 0)
                add &= ~(1 << 10);
            set = (set & ~remove) | add;
            kind = kind[word.Length..];
        }
        intervals = (ushort)set;
        return true;
    }

    private static int FirstWord(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            if (text.StartsWith(Words[i].Word, StringComparison.Ordinal))
                return i;
        }
        return -1;
    }

    /// <summary>Third, fifth and seventh decide; what lies above them does not.</summary>
    private static ChordQuality QualityOf(ushort intervals)
    {
        bool Has(int semitone) => (intervals & (1 << semitone)) != 0;
        var minor = Has(3) && !Has(4);
        var suspended = !Has(3) && !Has(4);
        if (suspended)
            return Has(5) ? (Has(10) ? ChordQuality.SuspendedSeventh : ChordQuality.SuspendedFourth) : Has(2) ? ChordQuality.SuspendedSecond : ChordQuality.Power;
        if (minor && Has(6) && !Has(7))
            return Has(10) ? ChordQuality.HalfDiminished : Has(9) ? ChordQuality.DiminishedSeventh : ChordQuality.Diminished;
        if (minor)
            return Has(11) ? ChordQuality.MinorMajorSeventh : Has(10) ? ChordQuality.MinorSeventh : Has(9) ? ChordQuality.MinorSixth : ChordQuality.Minor;
        if (Has(8) && !Has(7))
            return Has(10) ? ChordQuality.AugmentedSeventh : ChordQuality.Augmented;
        return Has(11) ? ChordQuality.MajorSeventh : Has(10) ? ChordQuality.Dominant : Has(9) ? ChordQuality.Sixth : ChordQuality.Major;
    }

    private static int Bits(params ReadOnlySpan<int> semitones)
    {
        var mask = 0;
        foreach (var semitone in semitones)
            mask |= 1 << semitone;
        return mask;
    }
}
