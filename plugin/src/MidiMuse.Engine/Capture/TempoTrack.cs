using System.Collections.Immutable;
using MidiMuse.Core.Time;

namespace MidiMuse.Engine.Capture;

/// <summary>The host's tempo as it was met along the project, for clips. [engine]</summary>
public sealed class TempoTrack
{
    public const int MostPoints = 512;

    /// <summary>A ramp is kept in steps of this.</summary>
    private const double ClosestPpq = 0.25;

    private const double SameBpm = 0.01;

    private ImmutableArray<TempoPoint> _points = [];

    public ImmutableArray<TempoPoint> Points => _points;

    public void Note(double projectPpq, double bpm)
    {
        if (!(bpm > 0) || !double.IsFinite(bpm))
            return;
        var index = _points.Length - 1;
        while (index >= 0 && _points[index].PositionPpq > projectPpq)
            index--;
        if (index >= 0 && (Math.Abs(_points[index].Bpm - bpm) < SameBpm || projectPpq - _points[index].PositionPpq < ClosestPpq))
            return;
        if (_points.Length < MostPoints)
            _points = _points.Insert(index + 1, new TempoPoint(projectPpq, bpm));
    }

    public void Restore(ImmutableArray<TempoPoint> points) => _points = points;
}
