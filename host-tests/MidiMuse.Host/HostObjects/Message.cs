using System.Runtime.InteropServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.HostObjects;

/// <summary>A message between component and controller.</summary>
internal sealed unsafe class Message : HostObject
{
    private static readonly nint Vtable = Table(typeof(Message), new IMessage.Vtbl
    {
        Unknown = UnknownVtbl,
        GetMessageId = &GetMessageId,
        SetMessageId = &SetMessageId,
        GetAttributes = &GetAttributes,
    });

    private readonly AttributeList _attributes = new();
    private byte* _id; // zero-terminated copy, freed with the message

    internal Message(string? id = null)
        : base((IMessage.Iid, Vtable))
    {
        if (id is not null)
            SetId(System.Text.Encoding.UTF8.GetBytes(id));
    }

    internal AttributeList Attributes => _attributes;

    protected override void OnReleased()
    {
        NativeMemory.Free(_id);
        _attributes.Dispose();
    }

    [UnmanagedCallersOnly]
    private static byte* GetMessageId(void* self) => From<Message>(self)._id;

    [UnmanagedCallersOnly]
    private static void SetMessageId(void* self, byte* id)
    {
        var message = From<Message>(self);
        NativeMemory.Free(message._id);
        message._id = null;
        if (id != null)
            message.SetId(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(id));
    }

    private void SetId(ReadOnlySpan<byte> text)
    {
        _id = (byte*)NativeMemory.AllocZeroed((nuint)text.Length + 1);
        text.CopyTo(new Span<byte>(_id, text.Length));
    }

    /// <summary>The message keeps the list; callers get no reference (ivstmessage.h).</summary>
    [UnmanagedCallersOnly]
    private static void* GetAttributes(void* self) => From<Message>(self)._attributes.Pointer;
}
