using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>Source: pluginterfaces/vst/ivstparameterchanges.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IParameterChanges
{
    internal static readonly Tuid Iid = new(0xA4779663, 0x0BB64A56, 0xB44384A8, 0x466FEB9D);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, int> GetParameterCount;
        internal delegate* unmanaged<void*, int, void*> GetParameterData;
        internal delegate* unmanaged<void*, uint*, int*, void*> AddParameterData;
    }
}

/// <summary>Source: pluginterfaces/vst/ivstparameterchanges.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IParamValueQueue
{
    internal static readonly Tuid Iid = new(0x01263A18, 0xED074F6F, 0x98C9D356, 0x4686F9BA);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, uint> GetParameterId;
        internal delegate* unmanaged<void*, int> GetPointCount;
        internal delegate* unmanaged<void*, int, int*, double*, int> GetPoint;
        internal delegate* unmanaged<void*, int, double, int*, int> AddPoint;
    }
}
