namespace MidiMuse.Core.Time;

/// <summary>A tempo that holds from a position on.</summary>
/// <param name="PositionPpq">Quarter notes.</param>
/// <param name="Bpm">Quarter notes a minute, above 0.</param>
public readonly record struct TempoPoint(double PositionPpq, double Bpm);

/// <summary>
/// Piecewise constant tempo: converts quarter notes to seconds and back. Second 0 is ppq 0; the first tempo also
/// holds before its point, so that negative positions (preroll) have a time.
/// </summary>
public sealed class TempoMap
{
    private readonly TempoPoint[] _points;
    private readonly double[] _seconds;

    /// <param name="points">In order of position, at least one.</param>
    /// <exception cref="ArgumentException">No point, positions that do not grow, or a tempo that is not above 0.</exception>
    public TempoMap(IEnumerable<TempoPoint> points)
    {
        _points = [.. points];
        if (_points.Length == 0)
            throw new ArgumentException("A tempo map needs a tempo.", nameof(points));
        _seconds = new double[_points.Length];
        for (var i = 0; i < _points.Length; i++)
        {
            if (!double.IsFinite(_points[i].PositionPpq) || !double.IsFinite(_points[i].Bpm) || _points[i].Bpm <= 0)
                throw new ArgumentException($"{_points[i]} is no tempo.", nameof(points));
            if (i == 0)
                continue;
            if (_points[i].PositionPpq <= _points[i - 1].PositionPpq)
                throw new ArgumentException("Tempo positions must grow.", nameof(points));
            _seconds[i] = _seconds[i - 1] + Seconds(_points[i].PositionPpq - _points[i - 1].PositionPpq, _points[i - 1].Bpm);
        }
        var zero = ToSeconds(0);
        for (var i = 0; i < _seconds.Length; i++)
            _seconds[i] -= zero;
    }

    public IReadOnlyList<TempoPoint> Points => _points;

    public static TempoMap Constant(double bpm) => new([new TempoPoint(0, bpm)]);

    /// <summary>A ramp in steps, as hosts and files write it: the tempo of each step is the ramp's at its start.</summary>
    /// <param name="stepPpq">Quarter notes, above 0.</param>
    public static TempoMap Ramp(double startPpq, double startBpm, double endPpq, double endBpm, double stepPpq)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepPpq);
        var steps = Math.Max(1, (int)Math.Round((endPpq - startPpq) / stepPpq));
        return new TempoMap(Enumerable.Range(0, steps + 1).Select(i =>
            new TempoPoint(startPpq + ((endPpq - startPpq) * i / steps), startBpm + ((endBpm - startBpm) * i / steps))));
    }

    public double BpmAt(double positionPpq) => _points[IndexAtPpq(positionPpq)].Bpm;

    public double ToSeconds(double positionPpq)
    {
        var i = IndexAtPpq(positionPpq);
        return _seconds[i] + Seconds(positionPpq - _points[i].PositionPpq, _points[i].Bpm);
    }

    public double ToPpq(double seconds)
    {
        var i = Array.BinarySearch(_seconds, seconds);
        if (i < 0)
            i = Math.Max(0, ~i - 1);
        return _points[i].PositionPpq + ((seconds - _seconds[i]) * _points[i].Bpm / 60);
    }

    private int IndexAtPpq(double positionPpq)
    {
        var first = 0;
        var last = _points.Length - 1;
        while (first < last)
        {
            var middle = (first + last + 1) / 2;
            if (_points[middle].PositionPpq <= positionPpq)
                first = middle;
            else
                last = middle - 1;
        }
        return first;
    }

    private static double Seconds(double quarters, double bpm) => quarters * 60 / bpm;
}
