namespace MidiMuse.Core.Harmony;

/// <summary>
/// Modes from dark to bright. Listeners call melodies the happier the fewer flats their mode has, except that Ionian,
/// the most familiar one, is happier than Lydian (Temperley and Tan, Emotional Connotations of Diatonic Modes, Music
/// Perception 30, 2013); so Lydian is left out.
/// </summary>
public static class ModeBrightness
{
    public static readonly IReadOnlyList<Scale> DarkToBright = [Scale.Phrygian, Scale.NaturalMinor, Scale.Dorian, Scale.Mixolydian, Scale.Major];

    /// <summary>Valence by which the mode moves by one.</summary>
    private const double ValencePerMode = 0.3;

    /// <summary>The mode of a key at a valence of -1..1: major stays major from -0.3 up and is Phrygian nowhere.</summary>
    public static Scale Shift(Mode mode, double valence)
    {
        var index = (mode == Mode.Major ? DarkToBright.Count - 1 : 1) + (int)Math.Truncate(valence / ValencePerMode);
        return DarkToBright[Math.Clamp(index, 0, DarkToBright.Count - 1)];
    }
}
