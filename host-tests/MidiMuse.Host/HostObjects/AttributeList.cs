using System.Runtime.InteropServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.HostObjects;

/// <summary>Named values of a message. Strings are UTF-16 with a terminator; binaries are copied.</summary>
internal sealed unsafe class AttributeList : HostObject
{
    private static readonly nint Vtable = Table(typeof(AttributeList), new IAttributeList.Vtbl
    {
        Unknown = UnknownVtbl,
        SetInt = &SetInt,
        GetInt = &GetInt,
        SetFloat = &SetFloat,
        GetFloat = &GetFloat,
        SetString = &SetString,
        GetString = &GetString,
        SetBinary = &SetBinary,
        GetBinary = &GetBinary,
    });

    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly List<nint> _binaries = []; // handed-out blocks, valid as long as the list

    internal AttributeList()
        : base((IAttributeList.Iid, Vtable))
    {
    }

    internal void SetText(string name, string text) => _values[name] = text;

    internal byte[]? FindBinary(string name) => _values.GetValueOrDefault(name) is (nint pointer, uint sizeBytes)
        ? new ReadOnlySpan<byte>((void*)pointer, checked((int)sizeBytes)).ToArray() // our own copy, alive as long as the list
        : null;

    protected override void OnReleased()
    {
        foreach (var binary in _binaries)
            NativeMemory.Free((void*)binary);
    }

    private int Set(byte* id, object value)
    {
        if (Marshal.PtrToStringUTF8((nint)id) is not { } name)
            return TResult.InvalidArgument;
        _values[name] = value;
        return TResult.Ok;
    }

    private bool TryGet<T>(byte* id, out T value)
    {
        value = default!;
        if (Marshal.PtrToStringUTF8((nint)id) is not { } name || !_values.TryGetValue(name, out var found) || found is not T typed)
            return false;
        value = typed;
        return true;
    }

    [UnmanagedCallersOnly]
    private static int SetInt(void* self, byte* id, long value) => From<AttributeList>(self).Set(id, value);

    [UnmanagedCallersOnly]
    private static int GetInt(void* self, byte* id, long* value) =>
        TResult.FromBool(value != null && From<AttributeList>(self).TryGet(id, out *value));

    [UnmanagedCallersOnly]
    private static int SetFloat(void* self, byte* id, double value) => From<AttributeList>(self).Set(id, value);

    [UnmanagedCallersOnly]
    private static int GetFloat(void* self, byte* id, double* value) =>
        TResult.FromBool(value != null && From<AttributeList>(self).TryGet(id, out *value));

    [UnmanagedCallersOnly]
    private static int SetString(void* self, byte* id, char* text) =>
        text == null ? TResult.InvalidArgument : From<AttributeList>(self).Set(id, new string(text));

    [UnmanagedCallersOnly]
    private static int GetString(void* self, byte* id, char* text, uint sizeBytes)
    {
        var capacity = (int)Math.Min(sizeBytes / sizeof(char), int.MaxValue);
        if (text == null || capacity == 0 || !From<AttributeList>(self).TryGet<string>(id, out var value))
            return TResult.False;
        var length = Math.Min(value.Length, capacity - 1);
        value.AsSpan(0, length).CopyTo(new Span<char>(text, length)); // the caller's buffer, alive for the call
        text[length] = '\0';
        return TResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int SetBinary(void* self, byte* id, void* data, uint sizeBytes)
    {
        if (data == null && sizeBytes > 0)
            return TResult.InvalidArgument;
        try
        {
            var list = From<AttributeList>(self);
            var copy = NativeMemory.Alloc(Math.Max(1, sizeBytes));
            NativeMemory.Copy(data, copy, sizeBytes);
            list._binaries.Add((nint)copy);
            return list.Set(id, ((nint)copy, sizeBytes));
        }
        catch (OutOfMemoryException)
        {
            return TResult.OutOfMemory;
        }
    }

    [UnmanagedCallersOnly]
    private static int GetBinary(void* self, byte* id, void** data, uint* sizeBytes)
    {
        if (data == null || sizeBytes == null || !From<AttributeList>(self).TryGet<(nint Pointer, uint SizeBytes)>(id, out var binary))
            return TResult.False;
        *data = (void*)binary.Pointer;
        *sizeBytes = binary.SizeBytes;
        return TResult.Ok;
    }
}
