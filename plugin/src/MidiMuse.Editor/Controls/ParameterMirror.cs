using MidiMuse.Editor.Elements;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Editor.Controls;

/// <summary>
/// The values that the controls show: the host's, and during a gesture the player's own until the host has taken them. [ui]
/// </summary>
internal sealed class ParameterMirror
{
    /// <summary>How long a value that the player has set stands before the host's word counts again, in frames of the poll.</summary>
    private const int HoldPolls = 30;

    private readonly IEditorSource _source;
    private readonly IEditorActions _actions;
    private readonly Dictionary<uint, int> _indexOfId = [];
    private readonly double[] _values;
    private readonly string?[] _texts;
    private readonly int[] _holds;
    private readonly List<Element>?[] _watchers;

    public ParameterMirror(IEditorSource source, IEditorActions actions)
    {
        _source = source;
        _actions = actions;
        var count = ParameterTable.All.Count;
        _values = new double[count];
        _texts = new string?[count];
        _holds = new int[count];
        _watchers = new List<Element>?[count];
        for (var i = 0; i < count; i++)
        {
            _indexOfId.Add(ParameterTable.All[i].Id, i);
            _values[i] = source.Parameter(ParameterTable.All[i].Id);
        }
    }

    public double Normalised(uint id) => _values[_indexOfId[id]];

    public double Plain(uint id)
    {
        var index = _indexOfId[id];
        return ParameterTable.All[index].ToPlain(_values[index]);
    }

    public bool IsOn(uint id) => Plain(id) >= 1;

    public string Text(uint id)
    {
        var index = _indexOfId[id];
        return _texts[index] ??= WithUnits(ParameterTable.All[index], _values[index]);
    }

    /// <summary>The element is drawn anew when the value changes.</summary>
    public void Watch(uint id, Element element) => (_watchers[_indexOfId[id]] ??= []).Add(element);

    public void Unwatch(uint id, Element element) => _watchers[_indexOfId[id]]?.Remove(element);

    public void Begin(uint id)
    {
        _holds[_indexOfId[id]] = int.MaxValue;
        _actions.BeginEdit(id);
    }

    public void Perform(uint id, double normalised)
    {
        normalised = Math.Clamp(normalised, 0, 1);
        Show(_indexOfId[id], normalised);
        _actions.PerformEdit(id, normalised);
    }

    public void End(uint id)
    {
        _holds[_indexOfId[id]] = HoldPolls;
        _actions.EndEdit(id);
    }

    /// <summary>A whole gesture at once.</summary>
    public void Set(uint id, double normalised)
    {
        Begin(id);
        Perform(id, normalised);
        End(id);
    }

    /// <summary>Reads the host's values.</summary>
    public void Poll()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (_holds[i] == int.MaxValue)
                continue;
            var value = _source.Parameter(ParameterTable.All[i].Id);
            if (_holds[i] > 0)
                _holds[i] = value == _values[i] ? 0 : _holds[i] - 1;
            if (_holds[i] == 0)
                Show(i, value);
        }
    }

    private void Show(int index, double value)
    {
        if (_values[index] == value)
            return;
        _values[index] = value;
        _texts[index] = null;
        if (_watchers[index] is not { } watchers)
            return;
        for (var i = 0; i < watchers.Count; i++)
            watchers[i].Invalidate();
    }

    private static string WithUnits(ParameterDefinition definition, double value)
    {
        var text = definition.ToText(value);
        return definition.Units.Length == 0 || definition.IsList ? text : $"{text} {definition.Units}";
    }
}
