using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>Source: pluginterfaces/base/ipluginbase.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IPluginFactory
{
    internal static readonly Tuid Iid = new(0x7A4D811C, 0x52114A1F, 0xAED9D2EE, 0x0B43BF9F);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, PFactoryInfo*, int> GetFactoryInfo;
        internal delegate* unmanaged<void*, int> CountClasses;
        internal delegate* unmanaged<void*, int, PClassInfo*, int> GetClassInfo;
        internal delegate* unmanaged<void*, Tuid*, Tuid*, void**, int> CreateInstance;
    }
}

/// <summary>Source: pluginterfaces/base/ipluginbase.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IPluginFactory2
{
    internal static readonly Tuid Iid = new(0x0007B650, 0xF24B4C0B, 0xA464EDB9, 0xF00B2ABB);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal IPluginFactory.Vtbl Base;
        internal delegate* unmanaged<void*, int, PClassInfo2*, int> GetClassInfo2;
    }
}

/// <summary>Source: pluginterfaces/base/ipluginbase.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IPluginFactory3
{
    internal static readonly Tuid Iid = new(0x4555A2AB, 0xC1234E57, 0x9B122910, 0x36878931);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal IPluginFactory2.Vtbl Base;
        internal delegate* unmanaged<void*, int, void*, int> GetClassInfoUnicode;
        internal delegate* unmanaged<void*, void*, int> SetHostContext;
    }
}

[StructLayout(LayoutKind.Sequential)]
internal struct PFactoryInfo
{
    internal Char8x64 Vendor;
    internal Char8x256 Url;
    internal Char8x128 Email;
    internal int Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct PClassInfo
{
    internal Tuid Cid;
    internal int Cardinality;
    internal Char8x32 Category;
    internal Char8x64 Name;
}

[StructLayout(LayoutKind.Sequential)]
internal struct PClassInfo2
{
    internal Tuid Cid;
    internal int Cardinality;
    internal Char8x32 Category;
    internal Char8x64 Name;
    internal uint ClassFlags;
    internal Char8x128 SubCategories;
    internal Char8x64 Vendor;
    internal Char8x64 Version;
    internal Char8x64 SdkVersion;
}
