using System.Runtime.InteropServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.HostObjects;

/// <summary>What a plugin is initialised with: the host's name, its messages, and which plugin interfaces it asks for.</summary>
internal sealed unsafe class HostApplication : HostObject
{
    private static readonly nint ApplicationVtable = Table(typeof(HostApplication), new IHostApplication.Vtbl
    {
        Unknown = UnknownVtbl,
        GetName = &GetName,
        CreateInstance = &CreateInstance,
    });

    private static readonly nint SupportVtable = Table(typeof(HostApplication), new IPlugInterfaceSupport.Vtbl
    {
        Unknown = UnknownVtbl,
        IsPlugInterfaceSupported = &IsPlugInterfaceSupported,
    });

    private static readonly Tuid[] SupportedInterfaces =
        [IComponent.Iid, IAudioProcessor.Iid, IEditController.Iid, IConnectionPoint.Iid, IMidiMapping.Iid];

    internal HostApplication()
        : base((IHostApplication.Iid, ApplicationVtable), (IPlugInterfaceSupport.Iid, SupportVtable))
    {
    }

    [UnmanagedCallersOnly]
    private static int GetName(void* self, String128* name)
    {
        if (name == null)
            return TResult.InvalidArgument;
        name->Set("MidiMuse test host");
        return TResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int CreateInstance(void* self, Tuid* cid, Tuid* iid, void** pointer)
    {
        if (cid == null || iid == null || pointer == null)
            return TResult.InvalidArgument;
        *pointer = null;
        using HostObject? created = cid->Equals(IMessage.Iid) ? new Message() : cid->Equals(IAttributeList.Iid) ? new AttributeList() : null;
        return created is null ? TResult.NoInterface : created.TryQuery(*iid, pointer);
    }

    [UnmanagedCallersOnly]
    private static int IsPlugInterfaceSupported(void* self, Tuid* iid) =>
        iid == null ? TResult.InvalidArgument : TResult.FromBool(Array.IndexOf(SupportedInterfaces, *iid) >= 0);
}
