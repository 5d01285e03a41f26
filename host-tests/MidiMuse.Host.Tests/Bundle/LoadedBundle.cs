using MidiMuse.Host.Loading;
using MidiMuse.Host.Plugins;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>The built bundle, loaded once for all tests that drive instances of it.</summary>
public sealed class LoadedBundle : IDisposable
{
    private readonly Lazy<Vst3Module> _module = new(() => Vst3Module.Load(Vst3Bundle.FindBuilt()));

    internal HostedPlugin CreatePlugin() => HostedPlugin.Create(_module.Value);

    public void Dispose()
    {
        if (_module.IsValueCreated)
            _module.Value.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BundleTests : ICollectionFixture<LoadedBundle>
{
    public const string Name = "bundle";
}
