using System.Globalization;

namespace MidiMuse.Editor.PianoRoll;

/// <summary>Texts that are drawn in every frame, made once.</summary>
internal static class NoteNames
{
    private static readonly string[] PitchClasses = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    /// <summary>[pitch] C4 is 60.</summary>
    public static readonly IReadOnlyList<string> All =
        [.. Enumerable.Range(0, 128).Select(pitch => PitchClasses[pitch % 12] + ((pitch / 12) - 1).ToString(CultureInfo.InvariantCulture))];

    /// <summary>Hosts count bars before the project's start, in a preroll, below 1.</summary>
    private const int LowestNumber = -100;

    private static readonly string[] Numbers = [.. Enumerable.Range(LowestNumber, 2100).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    public static bool IsBlack(int pitch) => (0b010101001010 >> (pitch % 12) & 1) != 0;

    public static string PitchClass(int pitchClass) => PitchClasses[pitchClass];

    public static string Number(int number) =>
        number >= LowestNumber && number - LowestNumber < Numbers.Length ? Numbers[number - LowestNumber] : number.ToString(CultureInfo.InvariantCulture);
}
