namespace MidiMuse.RealHosts.Tests;

/// <summary>A test in the JUCE host; skipped, with the reason, only where its packages are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JuceFactAttribute : FactAttribute
{
    public JuceFactAttribute() => Skip = InstalledPackages.MissingForJuce;
}

/// <inheritdoc cref="JuceFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JuceTheoryAttribute : TheoryAttribute
{
    public JuceTheoryAttribute() => Skip = InstalledPackages.MissingForJuce;
}

/// <summary>A test in Ardour, compared with the JUCE host; skipped, with the reason, only where their packages are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ArdourFactAttribute : FactAttribute
{
    public ArdourFactAttribute() => Skip = InstalledPackages.MissingForArdour ?? InstalledPackages.MissingForJuce;
}

/// <inheritdoc cref="ArdourFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ArdourTheoryAttribute : TheoryAttribute
{
    public ArdourTheoryAttribute() => Skip = InstalledPackages.MissingForArdour ?? InstalledPackages.MissingForJuce;
}
