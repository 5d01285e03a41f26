using System.Numerics;

namespace MidiMuse.Core.Harmony;

/// <summary>A chord, or the statement that there is none.</summary>
/// <param name="Root">Pitch class 0 = C .. 11 = B.</param>
/// <param name="Quality">The nearest quality of the closed list.</param>
/// <param name="Bass">Pitch class of the lowest note; the root unless a slash says otherwise.</param>
/// <param name="PitchClasses">Bit n = pitch class n; every note of the chord, the bass included. 0 where there is no chord.</param>
public readonly record struct Chord(int Root, ChordQuality Quality, int Bass, ushort PitchClasses)
{
    /// <summary>N.C.: nothing is harmonised here.</summary>
    public static readonly Chord None = new(0, ChordQuality.Major, 0, 0);

    /// <summary>Number of values of <see cref="ModelClass"/>: not given, no chord, 17 qualities on 12 roots.</summary>
    public const int ModelClasses = 2 + (12 * 17);

    private const int ClassOfNone = 1;

    private static readonly string[] RootNames = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    private static readonly string[] QualitySymbols =
        ["", "m", "7", "maj7", "m7", "m7b5", "dim", "dim7", "aug", "sus4", "sus2", "5", "6", "m6", "m(maj7)", "aug7", "7sus4"];

    /// <summary>Bit n = n semitones above the root, by quality.</summary>
    private static readonly ushort[] Intervals =
    [
        Mask(0, 4, 7), Mask(0, 3, 7), Mask(0, 4, 7, 10), Mask(0, 4, 7, 11), Mask(0, 3, 7, 10), Mask(0, 3, 6, 10),
        Mask(0, 3, 6), Mask(0, 3, 6, 9), Mask(0, 4, 8), Mask(0, 5, 7), Mask(0, 2, 7), Mask(0, 7),
        Mask(0, 4, 7, 9), Mask(0, 3, 7, 9), Mask(0, 3, 7, 11), Mask(0, 4, 8, 10), Mask(0, 5, 7, 10),
    ];

    public bool IsNone => PitchClasses == 0;

    /// <summary>The models' class: 0 is kept for "not given", 1 is no chord, then 2 + quality * 12 + root.</summary>
    public int ModelClass => IsNone ? ClassOfNone : 2 + ((int)Quality * 12) + Root;

    /// <summary>The plain chord of a quality in root position.</summary>
    public static Chord Of(int root, ChordQuality quality) =>
        new(root, quality, root, Rotate(Intervals[(int)quality], root));

    /// <summary>The class of a chord that may be unknown.</summary>
    public static int ClassOf(Chord? chord) => chord is { } known ? known.ModelClass : 0;

    /// <summary>The plain chord of a class; null for "not given".</summary>
    public static Chord? FromModelClass(int modelClass) => modelClass switch
    {
        0 => null,
        ClassOfNone => None,
        _ => Of((modelClass - 2) % 12, (ChordQuality)((modelClass - 2) / 12)),
    };

    /// <summary>Bit n = n semitones above the root: the notes that make a quality.</summary>
    public static ushort IntervalsOf(ChordQuality quality) => Intervals[(int)quality];

    public bool Contains(int pitch) => (PitchClasses & (1 << (pitch % 12))) != 0;

    public Chord Transpose(int semitones) => IsNone
        ? this
        : this with { Root = Wrap(Root + semitones), Bass = Wrap(Bass + semitones), PitchClasses = Rotate(PitchClasses, semitones) };

    /// <summary>A symbol of the quality and the bass; what goes beyond the quality is not written.</summary>
    public override string ToString()
    {
        if (IsNone)
            return "N.C.";
        var bass = Bass == Root ? "" : "/" + RootNames[Bass];
        return RootNames[Root] + QualitySymbols[(int)Quality] + bass;
    }

    /// <summary>Moves a set of pitch classes upward by semitones.</summary>
    internal static ushort Rotate(ushort pitchClasses, int semitones)
    {
        var by = Wrap(semitones);
        return (ushort)(((pitchClasses << by) | (pitchClasses >> (12 - by))) & 0xFFF);
    }

    /// <summary>The quality whose notes differ from an interval set in the fewest places; of equals the first of the list.</summary>
    internal static ChordQuality NearestQuality(ushort intervals)
    {
        var best = 0;
        for (var i = 1; i < Intervals.Length; i++)
        {
            if (BitOperations.PopCount((uint)(Intervals[i] ^ intervals)) < BitOperations.PopCount((uint)(Intervals[best] ^ intervals)))
                best = i;
        }
        return (ChordQuality)best;
    }

    private static int Wrap(int pitchClass) => ((pitchClass % 12) + 12) % 12;

    private static ushort Mask(params ReadOnlySpan<int> semitones)
    {
        var mask = 0;
        foreach (var semitone in semitones)
            mask |= 1 << semitone;
        return (ushort)mask;
    }
}
