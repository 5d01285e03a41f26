namespace MidiMuse.RealHosts.Tests;

/// <summary>
/// What the plugin's read-only parameters admit. Rendering offline, all must be false. In real time a starved engine
/// may be late, but never without saying so.
/// </summary>
internal readonly record struct EngineCounters(bool HadLateNotes, bool HadFallbackBars, bool HadShortfalls)
{
    /// <param name="normalised">Value of a parameter by name.</param>
    public static EngineCounters Of(Func<string, double> normalised) =>
        new(normalised("Late notes") > 0, normalised("Fallback bars") > 0, normalised("Shortfalls") > 0);
}
