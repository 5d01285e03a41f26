using MidiMuse.Core.Time;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// Where an answer's next bar is decided, where it is looked at once more, and where the answer ends; timeline ppq. [engine]
/// </summary>
public sealed class AnswerSchedule
{
    /// <summary>
    /// The last moment before a planned bar at which changed settings still change it; half a bar where that is less.
    /// It is a position and no time, so that a render does not depend on the computer's speed.
    /// </summary>
    private const double RevisionLeadPpq = 1.0;

    private double _decisionPpq;
    private double _revisionPpq = double.PositiveInfinity;

    /// <summary>Infinite until the end is known.</summary>
    public double EndPpq { get; private set; }

    /// <summary>The player wants it to end with the bars that are planned.</summary>
    public bool EndIsWanted { get; private set; }

    public double NextPpq => Math.Min(_decisionPpq, _revisionPpq);

    public bool RevisesNext => _revisionPpq < _decisionPpq;

    public bool IsOver => _decisionPpq >= EndPpq - Link.TransportSnapshot.ResolutionPpq;

    public static double LeadPpq(Meter meter) => Math.Min(RevisionLeadPpq, meter.BarPpq / 2);

    public void Begin(double startPpq)
    {
        EndIsWanted = false;
        BeginAgain(startPpq);
    }

    /// <summary>The bars from a bar line on are decided anew.</summary>
    public void BeginAgain(double barLinePpq)
    {
        EndPpq = double.PositiveInfinity;
        _decisionPpq = barLinePpq;
        _revisionPpq = double.PositiveInfinity;
    }

    /// <summary>The next decision is at the start of the bar that is being planned; a moment before, it is looked at once more.</summary>
    public void PlanBar(double barStartPpq, Meter meter)
    {
        _decisionPpq = barStartPpq;
        _revisionPpq = barStartPpq - LeadPpq(meter);
    }

    public void Revised() => _revisionPpq = double.PositiveInfinity;

    public void WantEnd() => EndIsWanted = true;

    /// <summary>The bars that are planned were the last ones.</summary>
    public void EndAt(double endPpq)
    {
        EndPpq = endPpq;
        _decisionPpq = endPpq;
    }
}
