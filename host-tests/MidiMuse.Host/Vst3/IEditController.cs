using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>Source: pluginterfaces/vst/ivsteditcontroller.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IEditController
{
    internal static readonly Tuid Iid = new(0xDCD7BBE3, 0x7742448D, 0xA874AACC, 0x979C759E);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal IPluginBase.Vtbl Base;
        internal delegate* unmanaged<void*, void*, int> SetComponentState;
        internal delegate* unmanaged<void*, void*, int> SetState;
        internal delegate* unmanaged<void*, void*, int> GetState;
        internal delegate* unmanaged<void*, int> GetParameterCount;
        internal delegate* unmanaged<void*, int, ParameterInfo*, int> GetParameterInfo;
        internal delegate* unmanaged<void*, uint, double, String128*, int> GetParamStringByValue;
        internal delegate* unmanaged<void*, uint, char*, double*, int> GetParamValueByString;
        internal delegate* unmanaged<void*, uint, double, double> NormalizedParamToPlain;
        internal delegate* unmanaged<void*, uint, double, double> PlainParamToNormalized;
        internal delegate* unmanaged<void*, uint, double> GetParamNormalized;
        internal delegate* unmanaged<void*, uint, double, int> SetParamNormalized;
        internal delegate* unmanaged<void*, void*, int> SetComponentHandler;
        internal delegate* unmanaged<void*, byte*, void*> CreateView;
    }
}

[StructLayout(LayoutKind.Sequential)]
internal struct ParameterInfo
{
    internal uint Id;
    internal String128 Title;
    internal String128 ShortTitle;
    internal String128 Units;
    internal int StepCount;
    internal double DefaultNormalizedValue;
    internal int UnitId;
    internal ParameterFlags Flags;
}

[Flags]
internal enum ParameterFlags
{
    None = 0,
    CanAutomate = 1 << 0,
    IsReadOnly = 1 << 1,
    IsWrapAround = 1 << 2,
    IsList = 1 << 3,
    IsHidden = 1 << 4,
    IsProgramChange = 1 << 15,
    IsBypass = 1 << 16,
}

/// <summary>Source: pluginterfaces/vst/ivsteditcontroller.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IMidiMapping
{
    internal static readonly Tuid Iid = new(0xDF0FF9F7, 0x49B74669, 0xB63AB732, 0x7ADBF5E5);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, int, short, short, uint*, int> GetMidiControllerAssignment;
    }
}

/// <summary>Source: pluginterfaces/vst/ivsteditcontroller.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IComponentHandler
{
    internal static readonly Tuid Iid = new(0x93A0BEA3, 0x0BD045DB, 0x8E890B0C, 0xC1E46AC6);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, uint, int> BeginEdit;
        internal delegate* unmanaged<void*, uint, double, int> PerformEdit;
        internal delegate* unmanaged<void*, uint, int> EndEdit;
        internal delegate* unmanaged<void*, int, int> RestartComponent;
    }
}
