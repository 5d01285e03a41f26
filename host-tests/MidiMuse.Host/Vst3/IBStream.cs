using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>Source: pluginterfaces/base/ibstream.h (SDK 3.7.2). Seek modes: 0 from the start, 1 from here, 2 from the end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IBStream
{
    internal static readonly Tuid Iid = new(0xC3BF6EA2, 0x30994752, 0x9B6BF990, 0x1EE33E9B);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, void*, int, int*, int> Read;
        internal delegate* unmanaged<void*, void*, int, int*, int> Write;
        internal delegate* unmanaged<void*, long, int, long*, int> Seek;
        internal delegate* unmanaged<void*, long*, int> Tell;
    }
}
