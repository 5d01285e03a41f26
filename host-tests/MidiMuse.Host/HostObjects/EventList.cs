using System.Runtime.InteropServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.HostObjects;

/// <summary>The events of a block, in a buffer of fixed size: adding allocates nothing. [audio]</summary>
internal sealed unsafe class EventList : HostObject
{
    private static readonly nint Vtable = Table(typeof(EventList), new IEventList.Vtbl
    {
        Unknown = UnknownVtbl,
        GetEventCount = &GetEventCount,
        GetEvent = &GetEvent,
        AddEvent = &AddEvent,
    });

    private readonly Event[] _events;

    internal EventList(int capacity)
        : base((IEventList.Iid, Vtable)) => _events = new Event[capacity];

    internal int Count { get; private set; }

    /// <summary>Events that did not fit since the object was made.</summary>
    internal long Refused { get; private set; }

    internal ReadOnlySpan<Event> Events => _events.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    internal bool Add(in Event added)
    {
        if (Count == _events.Length)
        {
            Refused++;
            return false;
        }
        _events[Count++] = added;
        return true;
    }

    [UnmanagedCallersOnly]
    private static int GetEventCount(void* self) => From<EventList>(self).Count;

    [UnmanagedCallersOnly]
    private static int GetEvent(void* self, int index, Event* result)
    {
        var list = From<EventList>(self);
        if (result == null || (uint)index >= (uint)list.Count)
            return TResult.InvalidArgument;
        *result = list._events[index];
        return TResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int AddEvent(void* self, Event* added) =>
        added == null ? TResult.InvalidArgument : TResult.FromBool(From<EventList>(self).Add(*added));
}
