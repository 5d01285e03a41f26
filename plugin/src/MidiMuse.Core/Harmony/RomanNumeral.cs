namespace MidiMuse.Core.Harmony;

/// <summary>
/// A chord by its degree of the key: ii, V7, bVII, viiø7, V7/V. Upper case is major, lower case minor; what follows is
/// read as in chord symbols, but for the figures of inversions (6, 64, 65, 43, 42). Degrees are those of the key's
/// own scale, natural minor in minor keys, where vi° and vii° stand on the raised degrees; with an accidental, and
/// after a slash, they count from the major scale, as most players write them.
/// </summary>
public sealed record RomanNumeral
{
    private const int Diminished = 1 << 6;
    private const int PerfectFifth = 1 << 7;

    private static readonly string[] Degrees = ["i", "ii", "iii", "iv", "v", "vi", "vii"];
    private static readonly int[] MajorSteps = [0, 2, 4, 5, 7, 9, 11];
    private static readonly int[] MinorSteps = [0, 2, 3, 5, 7, 8, 10];

    /// <summary>Figures of inversions, with what they say of the seventh and which note of the chord is lowest.</summary>
    private static readonly (string Figure, string Kind, int Lowest)[] Inversions =
        [("65", "7", 1), ("43", "7", 2), ("42", "7", 3), ("64", "", 2), ("6", "", 1)];

    private readonly int _degree; // 0..6
    private readonly int _alteration;
    private readonly Chord _onC;
    private readonly RomanNumeral? _of;

    private RomanNumeral(string text, int degree, int alteration, Chord onC, RomanNumeral? of)
    {
        Text = text;
        _degree = degree;
        _alteration = alteration;
        _onC = onC;
        _of = of;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>False where the text is no Roman numeral with a chord that can be read.</summary>
    public static bool TryParse(string text, out RomanNumeral? numeral)
    {
        numeral = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        RomanNumeral? of = null;
        if (slash > 0 && !TryParse(text[(slash + 1)..], out of))
            return false;
        var rest = (slash > 0 ? text[..slash] : text).AsSpan();
        var alteration = 0;
        while (!rest.IsEmpty && rest[0] is '#' or '♯' or 'b' or '♭')
        {
            alteration += rest[0] is '#' or '♯' ? 1 : -1;
            rest = rest[1..];
        }
        var length = 0;
        while (length < rest.Length && rest[length] is 'i' or 'v' or 'I' or 'V')
            length++;
        var letters = rest[..length].ToString();
        var isMinor = letters.Equals(letters.ToLowerInvariant(), StringComparison.Ordinal);
        var degree = Array.IndexOf(Degrees, letters.ToLowerInvariant());
        if (degree < 0 || (!isMinor && !letters.Equals(letters.ToUpperInvariant(), StringComparison.Ordinal)))
            return false;
        if (!TryReadChord(rest[length..], isMinor, out var onC))
            return false;
        numeral = new RomanNumeral(text, degree, alteration, onC, of);
        return true;
    }

    /// <summary>The chord in a key.</summary>
    public Chord In(Key key) => _onC.Transpose(key.TonicPitchClass + StepIn(key.Mode));

    public override string ToString() => Text;

    private static bool TryReadChord(ReadOnlySpan<char> suffix, bool isMinor, out Chord onC)
    {
        foreach (var (figure, kind, lowest) in Inversions)
        {
            if (!suffix.SequenceEqual(figure))
                continue;
            if (!ChordSymbol.TryParse($"C{(isMinor ? "m" : "")}{kind}", out onC))
                return false;
            onC = onC with { Bass = NthTone(onC, lowest) };
            return true;
        }
        var hasOwnThird = suffix.StartsWith("o") || suffix.StartsWith("°") || suffix.StartsWith("ø") || suffix.StartsWith("dim") || suffix.StartsWith("+") || suffix.StartsWith("aug");
        return ChordSymbol.TryParse($"C{(isMinor && !hasOwnThird ? "m" : "")}{suffix}", out onC) && !suffix.Contains('/');
    }

    /// <summary>Pitch class of a chord on C, counted from its root.</summary>
    private static int NthTone(Chord onC, int index)
    {
        for (var pitchClass = 0; pitchClass < 12; pitchClass++)
        {
            if ((onC.PitchClasses & (1 << pitchClass)) != 0 && index-- == 0)
                return pitchClass;
        }
        return onC.Root;
    }

    /// <summary>Semitones above the tonic.</summary>
    private int StepIn(Mode mode)
    {
        if (_of is not null)
            return _of.StepIn(mode) + MajorSteps[_degree] + _alteration;
        if (_alteration != 0 || mode == Mode.Major)
            return MajorSteps[_degree] + _alteration;
        var isDiminished = (_onC.PitchClasses & (Diminished | PerfectFifth)) == Diminished;
        return _degree >= 5 && isDiminished ? MajorSteps[_degree] : MinorSteps[_degree];
    }
}
