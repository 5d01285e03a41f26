using MidiMuse.Engine.Link;

namespace MidiMuse.Engine.Planning;

/// <summary>The position up to which the audio thread may play because everything before it is decided. It only grows within an epoch. [engine]</summary>
public sealed class PlayableHorizon(ICommandSink sink)
{
    private double _publishedPpq;

    public double Ppq { get; private set; }

    /// <summary>A horizon at a bar line lets the block that ends there, give or take rounding, pass without waiting.</summary>
    public static double Final(double barLinePpq) => barLinePpq + (2 * TransportSnapshot.ResolutionPpq);

    public void BeginEpoch()
    {
        Ppq = double.NegativeInfinity;
        ForgetPublished();
    }

    /// <summary>The scheduler forgets horizons of another grid.</summary>
    public void ForgetPublished() => _publishedPpq = double.NegativeInfinity;

    /// <summary>What is sent from now on may say so.</summary>
    public void Reach(double ppq) => Ppq = Math.Max(Ppq, ppq);

    public void Publish(uint epoch, uint planId, double ppq)
    {
        if (ppq <= _publishedPpq)
            return;
        Ppq = ppq;
        _publishedPpq = ppq;
        sink.SendHorizon(epoch, planId, ppq);
    }
}
