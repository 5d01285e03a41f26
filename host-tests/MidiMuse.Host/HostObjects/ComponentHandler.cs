using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.HostObjects;

/// <summary>What the controller tells the host: edits of its view, and that something must be read anew. [main]</summary>
internal sealed unsafe class ComponentHandler : HostObject
{
    private static readonly nint Vtable = Table(typeof(ComponentHandler), new IComponentHandler.Vtbl
    {
        Unknown = UnknownVtbl,
        BeginEdit = &BeginEdit,
        PerformEdit = &PerformEdit,
        EndEdit = &EndEdit,
        RestartComponent = &RestartComponent,
    });

    internal ComponentHandler()
        : base((IComponentHandler.Iid, Vtable))
    {
    }

    /// <summary>Edits that the processor has to hear of.</summary>
    internal ConcurrentQueue<(uint ParameterId, double Normalized)> Edits { get; } = new();

    /// <summary>All restart flags so far, combined.</summary>
    internal int RestartFlags { get; private set; }

    [UnmanagedCallersOnly]
    private static int BeginEdit(void* self, uint id) => TResult.Ok;

    [UnmanagedCallersOnly]
    private static int PerformEdit(void* self, uint id, double normalized)
    {
        From<ComponentHandler>(self).Edits.Enqueue((id, normalized));
        return TResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int EndEdit(void* self, uint id) => TResult.Ok;

    [UnmanagedCallersOnly]
    private static int RestartComponent(void* self, int flags)
    {
        From<ComponentHandler>(self).RestartFlags |= flags;
        return TResult.Ok;
    }
}
