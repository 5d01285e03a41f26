namespace MidiMuse.Wine.Tests;

/// <summary>A test under Wine; skipped, with the reason, where Wine or the cross compiler is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WineFactAttribute : FactAttribute
{
    public WineFactAttribute() => Skip = WinePrefix.Missing;
}

/// <inheritdoc cref="WineFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WineTheoryAttribute : TheoryAttribute
{
    public WineTheoryAttribute() => Skip = WinePrefix.Missing;
}
