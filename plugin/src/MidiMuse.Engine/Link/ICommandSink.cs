using MidiMuse.Engine.Answers;

namespace MidiMuse.Engine.Link;

/// <summary>
/// The engine's way to the audio thread's scheduler. Each call is one group: the scheduler sees all of it or none.
/// </summary>
public interface ICommandSink
{
    /// <summary>
    /// The bar grid that horizons are planned for from now on; the scheduler ignores those of another one. A sink
    /// without bar grids has nothing to do.
    /// </summary>
    void UseGrid(uint gridGeneration)
    {
    }

    /// <summary>Replaces what was planned in a bar and says that the plan is final up to <paramref name="horizonPpq"/>.</summary>
    void SendBar(uint epoch, uint planId, double startPpq, double endPpq, ReadOnlySpan<TimelineNote> notes, bool isFallback, bool isProvisional, double horizonPpq);

    void SendHorizon(uint epoch, uint planId, double horizonPpq);

    /// <summary>Drops every pending note and releases every sounding one of the continuation.</summary>
    void SendCancel(uint epoch, uint planId);

    /// <summary>Tells the host that the engine has set a parameter: a program, a learned controller, Undo.</summary>
    void SendParameter(uint id, double normalised)
    {
    }

    /// <summary>True where the scheduler refused that plan because its bar had begun and something else was in place.</summary>
    bool WasRefused(uint planId);
}
