using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.HostObjects;

/// <summary>
/// A COM-style object of the host: native faces (one per interface) that point back to this managed object. It lives
/// until its last reference is released; the creator owns the first one and gives it up with <see cref="Dispose"/>.
/// </summary>
internal abstract unsafe class HostObject : IDisposable
{
    private static int s_liveCount;

    private readonly Tuid[] _interfaceIds;
    private Face* _faces;
    private int _references = 1;
    private bool _isDisposed;

    /// <param name="interfaces">Interface ids and static tables; the first one also answers FUnknown.</param>
    protected HostObject(params ReadOnlySpan<(Tuid Iid, nint Vtable)> interfaces)
    {
        _interfaceIds = new Tuid[interfaces.Length];
        // The faces live as long as this object has references; the handle keeps it alive for the same time.
        _faces = (Face*)NativeMemory.Alloc((nuint)interfaces.Length, (nuint)sizeof(Face));
        var owner = GCHandle.ToIntPtr(GCHandle.Alloc(this));
        for (var i = 0; i < interfaces.Length; i++)
        {
            _interfaceIds[i] = interfaces[i].Iid;
            _faces[i] = new Face { Vtable = interfaces[i].Vtable, Owner = owner };
        }
        Interlocked.Increment(ref s_liveCount);
    }

    /// <summary>Host objects of this process that somebody still refers to: 0 when nothing leaks.</summary>
    internal static int LiveCount => Volatile.Read(ref s_liveCount);

    /// <summary>The first interface, without a reference of its own.</summary>
    internal void* Pointer => &_faces[0];

    /// <summary>The three methods that every table begins with.</summary>
    protected static FUnknown.Vtbl UnknownVtbl => new() { QueryInterface = &QueryInterface, AddRef = &AddRef, Release = &Release };

    internal void AddReference() => Interlocked.Increment(ref _references);

    /// <summary>Gives up the creator's reference.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        ReleaseReference();
        GC.SuppressFinalize(this);
    }

    /// <summary>The managed object of a face that a plugin calls.</summary>
    /// <param name="self">A live face: callers of COM-style methods hold a reference.</param>
    protected static T From<T>(void* self)
        where T : HostObject => Unsafe.As<T>(GCHandle.FromIntPtr(((Face*)self)->Owner).Target!);

    /// <summary>A table of function pointers that lives as long as the type, so objects can point to it.</summary>
    protected static nint Table<TVtbl>(Type owner, TVtbl table)
        where TVtbl : unmanaged
    {
        var memory = (TVtbl*)RuntimeHelpers.AllocateTypeAssociatedMemory(owner, sizeof(TVtbl));
        *memory = table;
        return (nint)memory;
    }

    /// <summary>The last reference is gone.</summary>
    protected virtual void OnReleased()
    {
    }

    internal int TryQuery(in Tuid iid, void** pointer)
    {
        *pointer = null;
        var index = iid.Equals(FUnknown.Iid) ? 0 : Array.IndexOf(_interfaceIds, iid);
        if (index < 0)
            return TResult.NoInterface;
        AddReference();
        *pointer = &_faces[index];
        return TResult.Ok;
    }

    private uint ReleaseReference()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left != 0)
            return (uint)left;
        OnReleased();
        GCHandle.FromIntPtr(_faces[0].Owner).Free();
        NativeMemory.Free(_faces);
        _faces = null;
        Interlocked.Decrement(ref s_liveCount);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int QueryInterface(void* self, Tuid* iid, void** pointer) =>
        iid == null || pointer == null ? TResult.InvalidArgument : From<HostObject>(self).TryQuery(*iid, pointer);

    [UnmanagedCallersOnly]
    private static uint AddRef(void* self) => (uint)Interlocked.Increment(ref From<HostObject>(self)._references);

    [UnmanagedCallersOnly]
    private static uint Release(void* self) => From<HostObject>(self).ReleaseReference();

    [StructLayout(LayoutKind.Sequential)]
    private struct Face
    {
        internal nint Vtable;
        internal nint Owner;
    }
}
