namespace MidiMuse.RealHosts.Tests.Screens;

/// <summary>A test with windows of the JUCE host on a screen; skipped, with the reason, only where packages are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScreenFactAttribute : FactAttribute
{
    public ScreenFactAttribute() => Skip = InstalledPackages.MissingForJuce ?? InstalledPackages.MissingForScreen;
}
