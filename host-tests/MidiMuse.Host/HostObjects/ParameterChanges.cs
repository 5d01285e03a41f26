using System.Runtime.InteropServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.HostObjects;

/// <summary>The parameter changes of a block; its queues are kept and used again. [audio]</summary>
internal sealed unsafe class ParameterChanges : HostObject
{
    private static readonly nint Vtable = Table(typeof(ParameterChanges), new IParameterChanges.Vtbl
    {
        Unknown = UnknownVtbl,
        GetParameterCount = &GetParameterCount,
        GetParameterData = &GetParameterData,
        AddParameterData = &AddParameterData,
    });

    private readonly ParamValueQueue[] _queues;

    /// <param name="capacity">Parameters that can change in one block.</param>
    internal ParameterChanges(int capacity)
        : base((IParameterChanges.Iid, Vtable))
    {
        _queues = new ParamValueQueue[capacity];
        for (var i = 0; i < capacity; i++)
            _queues[i] = new ParamValueQueue();
    }

    internal int Count { get; private set; }

    internal ParamValueQueue this[int index] => _queues[index];

    internal void Clear() => Count = 0;

    /// <summary>The queue of a parameter, new where it has none; null where no more fit.</summary>
    internal ParamValueQueue? Queue(uint parameterId, out int index)
    {
        for (index = 0; index < Count; index++)
        {
            if (_queues[index].ParameterId == parameterId)
                return _queues[index];
        }
        if (Count == _queues.Length)
            return null;
        Count++;
        _queues[index].Begin(parameterId);
        return _queues[index];
    }

    protected override void OnReleased()
    {
        foreach (var queue in _queues)
            queue.Dispose();
    }

    [UnmanagedCallersOnly]
    private static int GetParameterCount(void* self) => From<ParameterChanges>(self).Count;

    /// <summary>The list keeps its queues; callers get no reference (ivstparameterchanges.h).</summary>
    [UnmanagedCallersOnly]
    private static void* GetParameterData(void* self, int index)
    {
        var changes = From<ParameterChanges>(self);
        return (uint)index < (uint)changes.Count ? changes._queues[index].Pointer : null;
    }

    [UnmanagedCallersOnly]
    private static void* AddParameterData(void* self, uint* id, int* index)
    {
        if (id == null)
            return null;
        var queue = From<ParameterChanges>(self).Queue(*id, out var at);
        if (index != null)
            *index = at;
        return queue is null ? null : queue.Pointer;
    }
}

/// <summary>The points of one parameter in a block, in order of offset. [audio]</summary>
internal sealed unsafe class ParamValueQueue : HostObject
{
    private const int Capacity = 128;

    private static readonly nint Vtable = Table(typeof(ParamValueQueue), new IParamValueQueue.Vtbl
    {
        Unknown = UnknownVtbl,
        GetParameterId = &GetParameterId,
        GetPointCount = &GetPointCount,
        GetPoint = &GetPoint,
        AddPoint = &AddPoint,
    });

    private readonly (int OffsetSamples, double Value)[] _points = new (int, double)[Capacity];

    internal ParamValueQueue()
        : base((IParamValueQueue.Iid, Vtable))
    {
    }

    internal uint ParameterId { get; private set; }

    internal int Count { get; private set; }

    internal double LastValue => _points[Count - 1].Value;

    internal void Begin(uint parameterId)
    {
        ParameterId = parameterId;
        Count = 0;
    }

    /// <summary>A point at an offset that has one replaces it, as the header asks.</summary>
    internal int Add(int offsetSamples, double value)
    {
        var index = 0;
        while (index < Count && _points[index].OffsetSamples < offsetSamples)
            index++;
        if (index < Count && _points[index].OffsetSamples == offsetSamples)
        {
            _points[index].Value = value;
            return index;
        }
        if (Count == Capacity)
            return -1;
        Array.Copy(_points, index, _points, index + 1, Count - index);
        _points[index] = (offsetSamples, value);
        Count++;
        return index;
    }

    [UnmanagedCallersOnly]
    private static uint GetParameterId(void* self) => From<ParamValueQueue>(self).ParameterId;

    [UnmanagedCallersOnly]
    private static int GetPointCount(void* self) => From<ParamValueQueue>(self).Count;

    [UnmanagedCallersOnly]
    private static int GetPoint(void* self, int index, int* offsetSamples, double* value)
    {
        var queue = From<ParamValueQueue>(self);
        if (offsetSamples == null || value == null || (uint)index >= (uint)queue.Count)
            return TResult.InvalidArgument;
        (*offsetSamples, *value) = queue._points[index];
        return TResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int AddPoint(void* self, int offsetSamples, double value, int* index)
    {
        var at = From<ParamValueQueue>(self).Add(offsetSamples, value);
        if (index != null)
            *index = at;
        return TResult.FromBool(at >= 0);
    }
}
