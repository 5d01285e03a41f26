namespace MidiMuse.Engine.Parameters;

/// <summary>The current normalised values. Readable from any thread; written under the instance's lock.</summary>
public sealed class ParameterValues
{
    private readonly Dictionary<uint, int> _indexOfId = [];
    private readonly double[] _normalised;

    public ParameterValues()
    {
        _normalised = new double[ParameterTable.All.Count];
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
        Volatile.Write(ref _normalised[index], Math.Clamp(normalised, 0, 1));
        return true;
    }

    public void Reset()
    {
        foreach (var definition in ParameterTable.All)
            Set(definition.Id, definition.DefaultNormalised);
    }
}
