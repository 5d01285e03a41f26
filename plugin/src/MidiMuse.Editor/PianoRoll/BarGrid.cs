using MidiMuse.Core.Time;
using MidiMuse.Editor.Elements;

namespace MidiMuse.Editor.PianoRoll;

/// <summary>Bar lines by the host's meter; by the motif's where the host has not run yet.</summary>
/// <param name="AnchorPpq">A bar line, project ppq.</param>
internal readonly record struct BarGrid(Meter Meter, double AnchorPpq)
{
    private const double ResolutionPpq = 1e-6;

    public double BarPpq => Meter.BarPpq;

    public static BarGrid Of(EditorContext context)
    {
        var transport = context.Transport;
        if (transport.TempoBpm > 0)
            return new BarGrid(transport.Meter, transport.BarStartPpq - transport.PassOffsetPpq);
        return context.Model.Instance.Motif is { } motif ? new BarGrid(motif.Meter, motif.StartPpq) : new BarGrid(Meter.CommonTime, 0);
    }

    /// <summary>The bar line at or before a position.</summary>
    public double LineBefore(double ppq) => AnchorPpq + (Math.Floor((ppq - AnchorPpq + ResolutionPpq) / BarPpq) * BarPpq);

    /// <summary>The number that hosts show: 1 at the project's start.</summary>
    public int Number(double linePpq) => (int)Math.Floor((linePpq + ResolutionPpq) / BarPpq) + 1;
}
