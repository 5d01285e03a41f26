namespace MidiMuse.Core.Time;

/// <summary>A time signature that holds from a bar line on.</summary>
/// <param name="PositionPpq">Quarter notes; a bar begins here.</param>
public readonly record struct MeterPoint(double PositionPpq, Meter Meter);

/// <summary>A bar.</summary>
/// <param name="Index">0 for the bar at ppq 0 where the first meter is anchored there; negative before.</param>
public readonly record struct Bar(int Index, double StartPpq, double EndPpq, Meter Meter);

/// <summary>
/// Time signatures over a piece. Each one begins a bar; the first is anchored at its position and also holds before
/// it. A signature that comes inside a bar cuts that bar short.
/// </summary>
public sealed class MeterMap
{
    /// <summary>Positions come from divisions of sample counts: what is this near to a bar line stands on it.</summary>
    private const double EpsilonPpq = 1e-6;

    private readonly MeterPoint[] _points;
    private readonly int[] _barIndices;

    /// <param name="points">In order of position, at least one.</param>
    /// <exception cref="ArgumentException">No point, or positions that do not grow.</exception>
    public MeterMap(IEnumerable<MeterPoint> points)
    {
        _points = [.. points];
        if (_points.Length == 0)
            throw new ArgumentException("A meter map needs a meter.", nameof(points));
        _barIndices = new int[_points.Length];
        for (var i = 1; i < _points.Length; i++)
        {
            var length = _points[i].PositionPpq - _points[i - 1].PositionPpq;
            if (!(length > 0))
                throw new ArgumentException("Meter positions must grow.", nameof(points));
            _barIndices[i] = _barIndices[i - 1] + (int)Math.Ceiling((length - EpsilonPpq) / _points[i - 1].Meter.BarPpq);
        }
    }

    public IReadOnlyList<MeterPoint> Points => _points;

    public static MeterMap Constant(Meter meter) => new([new MeterPoint(0, meter)]);

    public Meter MeterAt(double positionPpq) => _points[PointAt(positionPpq)].Meter;

    /// <summary>The bar in which a position lies; a bar line belongs to the bar that it begins.</summary>
    public Bar BarAt(double positionPpq)
    {
        var i = PointAt(positionPpq);
        var (anchor, meter) = _points[i];
        var bars = (int)Math.Floor((positionPpq - anchor + EpsilonPpq) / meter.BarPpq);
        var start = anchor + (bars * meter.BarPpq);
        var end = start + meter.BarPpq;
        if (i + 1 < _points.Length)
            end = Math.Min(end, _points[i + 1].PositionPpq);
        return new Bar(_barIndices[i] + bars, start, end, meter);
    }

    /// <summary>The bar line that so many bars after the one at or before a position.</summary>
    /// <param name="bars">At least 0.</param>
    public double BarLineAfter(double positionPpq, int bars)
    {
        var line = BarAt(positionPpq).StartPpq;
        for (var i = 0; i < bars; i++)
            line = BarAt(line).EndPpq;
        return line;
    }

    private int PointAt(double positionPpq)
    {
        var i = _points.Length - 1;
        while (i > 0 && _points[i].PositionPpq > positionPpq + EpsilonPpq)
            i--;
        return i;
    }
}
