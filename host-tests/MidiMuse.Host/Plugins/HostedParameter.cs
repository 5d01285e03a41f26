namespace MidiMuse.Host.Plugins;

/// <summary>A parameter as the plugin's controller lists it.</summary>
/// <param name="Index">Place in the list.</param>
/// <param name="Id">The plugin's id.</param>
/// <param name="StepCount">0 = continuous, else number of values - 1.</param>
/// <param name="DefaultNormalized">0..1.</param>
public sealed record HostedParameter(
    int Index,
    uint Id,
    string Title,
    string Units,
    int StepCount,
    double DefaultNormalized,
    bool IsAutomatable,
    bool IsReadOnly,
    bool IsList,
    bool IsHidden,
    bool IsBypass);

/// <summary>What a project stores of a plugin: the two byte streams that component and controller wrote.</summary>
public sealed record PluginState(byte[] Component, byte[] Controller);
