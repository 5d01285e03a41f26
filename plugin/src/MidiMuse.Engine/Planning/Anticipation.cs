using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Link;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// Real time: the model hears the motif while it is played, and the first bar is planned before the motif ends, because its
/// first note is due on that very bar line. [engine]
/// </summary>
public sealed class Anticipation(AnswerPlanner planner, MotifCapture capture)
{
    /// <summary>The model starts on the first bar this long before the motif ends; the motif's later notes make it start again.</summary>
    private const double LeadPpq = 1.0;

    private const double LeadSeconds = 0.25;

    /// <summary>While a motif is captured. Nothing is done twice for the same notes and settings.</summary>
    public void Work(in TransportSnapshot transport, int candidate, in MusicSettings settings)
    {
        if (capture.IsEmpty)
            return;
        var endPpq = capture.LikelyEndPpq;
        var leftPpq = endPpq - transport.BlockEndPpq;
        var leadPpq = Math.Max(LeadPpq, LeadSeconds * transport.TempoBpm / 60);
        if (leftPpq > Math.Max(leadPpq, transport.Meter.BarPpq))
        {
            if (capture.TakeSettled(endPpq) is { } settled)
                planner.Prefill(settled, settings);
            return;
        }
        if (capture.EndsBySilence && !capture.IsSilentBarBefore(endPpq, transport.Meter))
        {
            planner.Withdraw(transport.Epoch);
            return;
        }
        var withModel = leftPpq <= leadPpq;
        if (!planner.HasSpeculated(capture.Version, candidate, settings, withModel))
            planner.Speculate(transport.Epoch, capture.Version, capture.ToMotif(endPpq), capture.OffsetPpq, candidate, settings, withModel);
    }
}
