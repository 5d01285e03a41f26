using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>Source: pluginterfaces/vst/ivsthostapplication.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IHostApplication
{
    internal static readonly Tuid Iid = new(0x58E595CC, 0xDB2D4969, 0x8B6AAF8C, 0x36A664E5);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, String128*, int> GetName;
        internal delegate* unmanaged<void*, Tuid*, Tuid*, void**, int> CreateInstance;
    }
}

/// <summary>Source: pluginterfaces/vst/ivstpluginterfacesupport.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IPlugInterfaceSupport
{
    internal static readonly Tuid Iid = new(0x4FB58B9E, 0x9EAA4E0F, 0xAB361C1C, 0xCCB56FEA);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, Tuid*, int> IsPlugInterfaceSupported;
    }
}
