using MidiMuse.Host.Loading;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>A test of the built bundle; skipped with the reason where it has not been built.</summary>
public sealed class BundleFactAttribute : FactAttribute
{
    public BundleFactAttribute() => Skip = BundleSkip.Reason;
}

/// <inheritdoc cref="BundleFactAttribute"/>
public sealed class BundleTheoryAttribute : TheoryAttribute
{
    public BundleTheoryAttribute() => Skip = BundleSkip.Reason;
}

internal static class BundleSkip
{
    internal static string? Reason => Vst3Bundle.TryFindBuilt() is null ? "bundle not built: run `dotnet build MidiMuse.sln`" : null;
}
