using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>Source: pluginterfaces/vst/ivstmessage.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IConnectionPoint
{
    internal static readonly Tuid Iid = new(0x70A4156F, 0x6E6E4026, 0x989148BF, 0xAA60D8D1);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, void*, int> Connect;
        internal delegate* unmanaged<void*, void*, int> Disconnect;
        internal delegate* unmanaged<void*, void*, int> Notify;
    }
}

/// <summary>Source: pluginterfaces/vst/ivstmessage.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IMessage
{
    internal static readonly Tuid Iid = new(0x936F033B, 0xC6C047DB, 0xBB0882F8, 0x13C1E613);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, byte*> GetMessageId;
        internal delegate* unmanaged<void*, byte*, void> SetMessageId;
        internal delegate* unmanaged<void*, void*> GetAttributes;
    }
}

/// <summary>Source: pluginterfaces/vst/ivstattributes.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IAttributeList
{
    internal static readonly Tuid Iid = new(0x1E5F0AEB, 0xCC7F4533, 0xA2544011, 0x38AD5EE4);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, byte*, long, int> SetInt;
        internal delegate* unmanaged<void*, byte*, long*, int> GetInt;
        internal delegate* unmanaged<void*, byte*, double, int> SetFloat;
        internal delegate* unmanaged<void*, byte*, double*, int> GetFloat;
        internal delegate* unmanaged<void*, byte*, char*, int> SetString;
        internal delegate* unmanaged<void*, byte*, char*, uint, int> GetString;
        internal delegate* unmanaged<void*, byte*, void*, uint, int> SetBinary;
        internal delegate* unmanaged<void*, byte*, void**, uint*, int> GetBinary;
    }
}
