namespace MidiMuse.Engine.Parameters;

/// <summary>
/// The current normalised values. Readable from any thread; written under the instance's lock. A value that has
/// arrived and that the engine has not come to yet can be read as <see cref="Latest"/>: that is what a project saves.
/// </summary>
public sealed class ParameterValues
{
    private readonly Dictionary<uint, int> _indexOfId = [];
    private readonly double[] _normalised;
    private readonly double[] _arrived; // not-a-number where nothing is on its way

    public ParameterValues()
    {
        _normalised = new double[ParameterTable.All.Count];
        _arrived = new double[ParameterTable.All.Count];
        Array.Fill(_arrived, double.NaN);
        for (var i = 0; i < _normalised.Length; i++)
        {
            _indexOfId[ParameterTable.All[i].Id] = i;
            _normalised[i] = ParameterTable.All[i].DefaultNormalised;
        }
    }

    public double Normalised(uint id) => Volatile.Read(ref _normalised[_indexOfId[id]]);

    public double Plain(uint id) => ParameterTable.All[_indexOfId[id]].ToPlain(Normalised(id));

    public int Index(uint id) => (int)Plain(id);

    public bool IsOn(uint id) => Plain(id) >= 1;

    /// <summary>Sets a value; out of range is clamped, an unknown id or not-a-number is ignored and gives false.</summary>
    public bool Set(uint id, double normalised)
    {
        if (double.IsNaN(normalised) || !_indexOfId.TryGetValue(id, out var index))
            return false;
        var clamped = Math.Clamp(normalised, 0, 1);
        Volatile.Write(ref _normalised[index], clamped);
        if (Volatile.Read(ref _arrived[index]) == clamped)
            Volatile.Write(ref _arrived[index], double.NaN);
        return true;
    }

    /// <summary>The value that was set last, wherever it is on its way.</summary>
    public double Latest(uint id)
    {
        var index = _indexOfId[id];
        var arrived = Volatile.Read(ref _arrived[index]);
        return double.IsNaN(arrived) ? Volatile.Read(ref _normalised[index]) : arrived;
    }

    /// <summary>Notes a value that the engine will come to. Any thread.</summary>
    public void Announce(uint id, double normalised)
    {
        if (!double.IsNaN(normalised) && _indexOfId.TryGetValue(id, out var index))
            Volatile.Write(ref _arrived[index], Math.Clamp(normalised, 0, 1));
    }

    public void Reset()
    {
        Array.Fill(_arrived, double.NaN);
        foreach (var definition in ParameterTable.All)
            Set(definition.Id, definition.DefaultNormalised);
    }
}
