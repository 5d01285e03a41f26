using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>The root of all interfaces: three methods, then those of the derived one. Source: pluginterfaces/base/funknown.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FUnknown
{
    internal static readonly Tuid Iid = new(0x00000000, 0x00000000, 0xC0000000, 0x00000046);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal delegate* unmanaged<void*, Tuid*, void**, int> QueryInterface;
        internal delegate* unmanaged<void*, uint> AddRef;
        internal delegate* unmanaged<void*, uint> Release;
    }

    /// <summary>The object's other interface with a reference of its own, or null.</summary>
    /// <param name="unknown">An object that is alive for the call; null has no interfaces.</param>
    internal static void* Query(void* unknown, Tuid iid)
    {
        if (unknown == null)
            return null;
        void* other = null;
        return ((FUnknown*)unknown)->Vtable->QueryInterface(unknown, &iid, &other) == TResult.Ok ? other : null;
    }

    /// <summary>Gives up one reference and forgets the pointer.</summary>
    internal static void Release<T>(ref T* pointer)
        where T : unmanaged
    {
        var released = pointer;
        pointer = null;
        if (released != null)
            ((FUnknown*)released)->Vtable->Release(released);
    }
}
