using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>FUnknown and IPluginBase. Source: pluginterfaces/base/ipluginbase.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IPluginBase
{
    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, void*, int> Initialize;
        internal delegate* unmanaged<void*, int> Terminate;
    }
}

/// <summary>Source: pluginterfaces/vst/ivstcomponent.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IComponent
{
    internal static readonly Tuid Iid = new(0xE831FF31, 0xF2D54301, 0x928EBBEE, 0x25697802);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal IPluginBase.Vtbl Base;
        internal delegate* unmanaged<void*, Tuid*, int> GetControllerClassId;
        internal delegate* unmanaged<void*, int, int> SetIoMode;
        internal delegate* unmanaged<void*, int, int, int> GetBusCount;
        internal delegate* unmanaged<void*, int, int, int, BusInfo*, int> GetBusInfo;
        internal delegate* unmanaged<void*, void*, void*, int> GetRoutingInfo;
        internal delegate* unmanaged<void*, int, int, int, byte, int> ActivateBus;
        internal delegate* unmanaged<void*, byte, int> SetActive;
        internal delegate* unmanaged<void*, void*, int> SetState;
        internal delegate* unmanaged<void*, void*, int> GetState;
    }
}

internal enum MediaType
{
    Audio = 0,
    Event = 1,
}

internal enum BusDirection
{
    Input = 0,
    Output = 1,
}

[StructLayout(LayoutKind.Sequential)]
internal struct BusInfo
{
    internal const uint DefaultActive = 1;

    internal MediaType MediaType;
    internal BusDirection Direction;
    internal int ChannelCount;
    internal String128 Name;
    internal int BusType;
    internal uint Flags;
}
