using System.Collections.Immutable;

namespace MidiMuse.Engine.Midi;

/// <summary>
/// Which controller moves which parameter, and learning it. Controllers reach the engine alike whether a host sends
/// them as events or maps them to parameters (IMidiMapping): the bridge turns both into the same input. [engine]
/// </summary>
public sealed class ControllerMap
{
    /// <summary>The sustain pedal has a meaning of its own; from 120 on controllers are channel mode messages.</summary>
    private const byte Sustain = 64;

    private const byte FirstModeMessage = 120;

    /// <summary>As many as there could be controllers worth moving.</summary>
    public const int MostMappings = 256;

    public ImmutableArray<ControllerMapping> Mappings { get; private set; } = [];

    /// <summary>The parameter that the next controller will move.</summary>
    public uint? Learning { get; private set; }

    /// <summary>
    /// Pressure and bend cannot be learned: MPE keyboards send them with every note, and the first touch would be
    /// taken for what the player meant.
    /// </summary>
    public static bool CanBeLearned(byte controller) => controller < FirstModeMessage && controller != Sustain;

    public void Learn(uint parameterId) => Learning = parameterId;

    public void Cancel() => Learning = null;

    /// <summary>A controller was moved while a parameter was waiting for one: it is this one's from now on.</summary>
    public bool TryLearn(byte channel, byte controller)
    {
        if (Learning is not { } parameterId || !CanBeLearned(controller))
            return false;
        Learning = null;
        Mappings = [.. Mappings.Where(mapping => mapping.ParameterId != parameterId).Take(MostMappings - 1), new ControllerMapping(channel, controller, parameterId)];
        return true;
    }

    public bool Forget(uint parameterId)
    {
        var count = Mappings.Length;
        Mappings = Mappings.RemoveAll(mapping => mapping.ParameterId == parameterId);
        return Mappings.Length < count;
    }

    public void Restore(ImmutableArray<ControllerMapping> mappings)
    {
        Mappings = mappings;
        Learning = null;
    }
}
