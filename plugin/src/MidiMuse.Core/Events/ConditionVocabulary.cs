using MidiMuse.Core.Harmony;

namespace MidiMuse.Core.Events;

/// <summary>
/// The classes of the condition columns, version 2 of the vocabulary: the nine columns of <see cref="NoteEvent"/> are
/// followed by chord, style, density, register, polyphony, valence, energy, segment, barsLeft. Class 0 is "not given"
/// (segment: plain continuation).
/// </summary>
public static class ConditionVocabulary
{
    public const int Columns = 9;

    public const int Chords = Chord.ModelClasses;

    public const int Styles = 17;

    public const int DensityClasses = 9;

    public const int RegisterClasses = 9;

    public const int PolyphonyClasses = 7;

    public const int ValenceClasses = 6;

    public const int EnergyClasses = 6;

    public const int SegmentClasses = 3;

    public const int BarsLeftClasses = 13;

    /// <summary>Upper limits of the density classes 1..8 in distinct onsets a quarter.</summary>
    private static readonly double[] DensityLimits = [0.375, 0.75, 1.125, 1.625, 2.25, 3, 4.25, double.PositiveInfinity];

    /// <summary>Upper limits of the register classes 1..8 in mean MIDI pitch.</summary>
    private static readonly double[] RegisterLimits = [40, 47, 53, 59, 65, 71, 78, double.PositiveInfinity];

    /// <summary>Upper limits of the polyphony classes 1..6: voices sounding together, over the time in which anything sounds.</summary>
    private static readonly double[] PolyphonyLimits = [1.1, 1.6, 2.3, 3.2, 4.5, double.PositiveInfinity];

    public static byte DensityFrom(double onsetsPerQuarter) => ClassOf(onsetsPerQuarter, DensityLimits);

    public static byte RegisterFrom(double meanPitch) => ClassOf(meanPitch, RegisterLimits);

    public static byte PolyphonyFrom(double voices) => ClassOf(voices, PolyphonyLimits);

    /// <summary>-1 dark .. 1 bright, in five equal steps.</summary>
    public static byte ValenceFrom(double valence) => Fifth(valence);

    /// <summary>-1 calm .. 1 driving, in five equal steps.</summary>
    public static byte EnergyFrom(double energy) => Fifth(energy);

    /// <param name="bars">Bars until the end, this one included: 1 is the last bar. Less than 1 is "not given".</param>
    public static byte BarsLeftFrom(long bars) => bars switch
    {
        < 1 => 0,
        <= 8 => (byte)bars,
        <= 12 => 9,
        <= 16 => 10,
        <= 32 => 11,
        _ => 12,
    };

    /// <summary>The middle of a density class in distinct onsets a quarter, for the ends of the scale what is usual there.</summary>
    public static double DensityOf(int density) => Middle(density, DensityLimits, 0.25, 5.5);

    public static double RegisterOf(int register) => Middle(register, RegisterLimits, 36, 82);

    public static double PolyphonyOf(int polyphony) => Middle(polyphony, PolyphonyLimits, 1, 5.5);

    private static byte ClassOf(double value, double[] limits)
    {
        var index = 0;
        while (value > limits[index])
            index++;
        return (byte)(index + 1);
    }

    private static double Middle(int index, double[] limits, double first, double last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, limits.Length);
        if (index == 1)
            return first;
        return index == limits.Length ? last : (limits[index - 2] + limits[index - 1]) / 2;
    }

    private static byte Fifth(double value) => (byte)Math.Clamp(1 + (int)Math.Floor((value + 1) * 2.5), 1, 5);
}
