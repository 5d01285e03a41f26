using System.Globalization;

namespace MidiMuse.Core.Notes;

/// <summary>Names of pitches: C4 is MIDI 60, as in most DAWs that do not say C3.</summary>
public static class PitchName
{
    private static readonly string[] Names = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    public static string Of(int pitch) => Names[pitch % 12] + ((pitch / 12) - 1).ToString(CultureInfo.InvariantCulture);

    public static string OfClass(int pitchClass) => Names[pitchClass];

    /// <summary>Understands C4, f#3, Bb-1; false where it is none, or outside of MIDI's 0..127.</summary>
    public static bool TryParse(string text, out int pitch)
    {
        pitch = 0;
        var trimmed = text.Trim();
        var index = trimmed.Length == 0 ? -1 : "C.D.EF.G.A.B".IndexOf(char.ToUpperInvariant(trimmed[0]), StringComparison.Ordinal);
        if (index < 0 || trimmed[0] == '.')
            return false;
        var at = 1;
        while (at < trimmed.Length && (trimmed[at] is '#' or 'b'))
            index += trimmed[at++] == '#' ? 1 : -1;
        if (!int.TryParse(trimmed.AsSpan(at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var octave))
            return false;
        pitch = index + (12 * (octave + 1));
        return pitch is >= 0 and <= 127;
    }
}
