namespace MidiMuse.Core.Harmony;

/// <summary>A set of pitch classes relative to a tonic: bit n = n semitones above it.</summary>
public readonly record struct Scale(string Name, ushort Mask)
{
    public static readonly Scale Major = new("Major", 0b1010_1011_0101);
    public static readonly Scale NaturalMinor = new("Natural minor", 0b0101_1010_1101);
    public static readonly Scale HarmonicMinor = new("Harmonic minor", 0b1001_1010_1101);
    public static readonly Scale MelodicMinor = new("Melodic minor", 0b1010_1010_1101);
    public static readonly Scale Dorian = new("Dorian", 0b0110_1010_1101);
    public static readonly Scale Phrygian = new("Phrygian", 0b0101_1010_1011);
    public static readonly Scale Lydian = new("Lydian", 0b1010_1101_0101);
    public static readonly Scale Mixolydian = new("Mixolydian", 0b0110_1011_0101);
    public static readonly Scale Locrian = new("Locrian", 0b0101_0110_1011);
    public static readonly Scale MajorPentatonic = new("Major pentatonic", 0b0010_1001_0101);
    public static readonly Scale MinorPentatonic = new("Minor pentatonic", 0b0100_1010_1001);
    public static readonly Scale Blues = new("Blues", 0b0100_1110_1001);
    public static readonly Scale WholeTone = new("Whole tone", 0b0101_0101_0101);
    public static readonly Scale Diminished = new("Diminished", 0b1011_0110_1101);
    public static readonly Scale Chromatic = new("Chromatic", 0b1111_1111_1111);

    public static readonly IReadOnlyList<Scale> All =
    [
        Major, NaturalMinor, HarmonicMinor, MelodicMinor, Dorian, Phrygian, Lydian, Mixolydian, Locrian,
        MajorPentatonic, MinorPentatonic, Blues, WholeTone, Diminished, Chromatic,
    ];

    /// <summary>Scales that players ask for by name beside <see cref="All"/>, whose order projects have stored.</summary>
    public static readonly IReadOnlyList<Scale> Rarer =
    [
        new("Phrygian dominant", 0b0101_1011_0011), new("Lydian dominant", 0b0110_1101_0101), new("Altered", 0b0101_0101_1011),
        new("Mixolydian b6", 0b0101_1011_0101), new("Locrian #2", 0b0101_0110_1101), new("Lydian augmented", 0b1011_0101_0101),
        new("Dorian b2", 0b0110_1010_1011), new("Dorian #4", 0b0110_1100_1101), new("Harmonic major", 0b1001_1011_0101),
        new("Double harmonic", 0b1001_1011_0011), new("Hungarian minor", 0b1001_1100_1101), new("Neapolitan minor", 0b1001_1010_1011),
        new("Neapolitan major", 0b1010_1010_1011), new("Half-whole diminished", 0b0110_1101_1011), new("Augmented", 0b1001_1001_1001),
        new("Major blues", 0b0010_1001_1101), new("Bebop dominant", 0b1110_1011_0101), new("Hirajoshi", 0b0001_1000_1101),
        new("In", 0b0001_1010_0011), new("Insen", 0b0100_1010_0011), new("Egyptian", 0b0100_1010_0101),
    ];

    private static readonly string[] DegreeNames = ["1", "b2", "2", "b3", "3", "4", "#4", "5", "b6", "6", "b7", "7"];

    /// <summary>The scale's name where it has one, else its degrees, such as <c>1 b3 4 5 b7</c>.</summary>
    public static string NameOf(ushort mask)
    {
        foreach (var scale in All.Concat(Rarer))
        {
            if (scale.Mask == mask)
                return scale.Name;
        }
        return string.Join(' ', DegreeNames.Where((_, degree) => (mask & (1 << degree)) != 0));
    }

    /// <summary>Understands a scale's name in any case, or degrees such as <c>1 b3 4 5 b7</c> with any number of # and b.</summary>
    public static bool TryParse(string text, out Scale scale)
    {
        var trimmed = text.Trim();
        foreach (var known in All.Concat(Rarer))
        {
            if (known.Name.Equals(trimmed, StringComparison.OrdinalIgnoreCase))
            {
                scale = known;
                return true;
            }
        }
        scale = default;
        var mask = 0;
        foreach (var word in trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryReadDegree(word, out var semitones))
                return false;
            mask |= 1 << semitones;
        }
        if (mask == 0)
            return false;
        scale = new Scale(NameOf((ushort)mask), (ushort)mask);
        return true;
    }

    private static bool TryReadDegree(string word, out int semitones)
    {
        semitones = 0;
        var index = 0;
        while (index < word.Length && (word[index] is 'b' or '#'))
            semitones += word[index++] == '#' ? 1 : -1;
        if (index != word.Length - 1 || word[index] is < '1' or > '7')
            return false;
        semitones = (semitones + ((ReadOnlySpan<int>)[0, 2, 4, 5, 7, 9, 11])[word[index] - '1'] + 12) % 12;
        return true;
    }

    /// <summary>The pitch classes of the scale on a tonic: bit n = pitch class n.</summary>
    public ushort PitchClassesOn(int tonicPitchClass)
    {
        var mask = 0;
        for (var degree = 0; degree < 12; degree++)
        {
            if ((Mask & (1 << degree)) != 0)
                mask |= 1 << ((degree + tonicPitchClass) % 12);
        }
        return (ushort)mask;
    }

    /// <summary>The usual scale of a key.</summary>
    public static Scale Of(Mode mode) => mode == Mode.Major ? Major : NaturalMinor;
}
