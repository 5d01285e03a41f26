using MidiMuse.Host.HostObjects;

namespace MidiMuse.Host.Plugins;

/// <summary>
/// The last value of each parameter on its way to the processor and back. One thread sets, another takes; a value set
/// twice before it is taken arrives once. Nothing is allocated after <see cref="Resize"/>.
/// </summary>
internal sealed class ParameterEditBuffer
{
    private readonly Dictionary<uint, int> _indexOfId = [];
    private double[] _inputs = [];
    private int[] _inputIsNew = [];
    private double[] _outputs = [];
    private int[] _outputIsNew = [];
    private int _anyInput;

    internal void Resize(IReadOnlyList<HostedParameter> parameters)
    {
        _inputs = new double[parameters.Count];
        _inputIsNew = new int[parameters.Count];
        _outputs = new double[parameters.Count];
        _outputIsNew = new int[parameters.Count];
        foreach (var parameter in parameters)
            _indexOfId[parameter.Id] = parameter.Index;
    }

    /// <summary>[main]</summary>
    internal void Set(int index, double normalized)
    {
        Volatile.Write(ref _inputs[index], normalized);
        Volatile.Write(ref _inputIsNew[index], 1);
        Volatile.Write(ref _anyInput, 1);
    }

    /// <summary>Puts new values at the start of the block. What does not fit waits for the next one. [audio]</summary>
    internal void MoveTo(ParameterChanges changes, IReadOnlyList<HostedParameter> parameters)
    {
        if (Interlocked.Exchange(ref _anyInput, 0) == 0)
            return;
        for (var i = 0; i < _inputs.Length; i++)
        {
            if (Volatile.Read(ref _inputIsNew[i]) == 0)
                continue;
            if (changes.Queue(parameters[i].Id, out _) is not { } queue)
            {
                Volatile.Write(ref _anyInput, 1);
                return;
            }
            Volatile.Write(ref _inputIsNew[i], 0);
            queue.Add(0, Volatile.Read(ref _inputs[i]));
        }
    }

    /// <summary>[audio]</summary>
    internal void TakeOutputs(ParameterChanges changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var queue = changes[i];
            if (queue.Count == 0 || !_indexOfId.TryGetValue(queue.ParameterId, out var index))
                continue;
            Volatile.Write(ref _outputs[index], queue.LastValue);
            Volatile.Write(ref _outputIsNew[index], 1);
        }
    }

    /// <summary>[main]</summary>
    internal bool TryTakeOutput(int index, out double normalized)
    {
        normalized = 0;
        if (Interlocked.Exchange(ref _outputIsNew[index], 0) == 0)
            return false;
        normalized = Volatile.Read(ref _outputs[index]);
        return true;
    }
}
