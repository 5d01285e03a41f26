using System.Runtime.InteropServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.HostObjects;

/// <summary>State in memory as a plugin reads and writes it.</summary>
internal sealed unsafe class ByteStream : HostObject
{
    private static readonly nint Vtable = Table(typeof(ByteStream), new IBStream.Vtbl
    {
        Unknown = UnknownVtbl,
        Read = &Read,
        Write = &Write,
        Seek = &Seek,
        Tell = &Tell,
    });

    private readonly MemoryStream _stream = new();
    private readonly int _maxChunkBytes;

    /// <param name="bytes">What can be read, from the start.</param>
    /// <param name="maxChunkBytes">Most bytes that one call moves: hosts return short counts.</param>
    internal ByteStream(ReadOnlySpan<byte> bytes, int maxChunkBytes = int.MaxValue)
        : base((IBStream.Iid, Vtable))
    {
        _stream.Write(bytes);
        _stream.Position = 0;
        _maxChunkBytes = maxChunkBytes;
    }

    internal byte[] ToArray() => _stream.ToArray();

    /// <param name="buffer">The plugin's, at least <paramref name="count"/> bytes, alive for the call.</param>
    [UnmanagedCallersOnly]
    private static int Read(void* self, void* buffer, int count, int* read)
    {
        if (count < 0 || (buffer == null && count > 0))
            return TResult.InvalidArgument;
        var stream = From<ByteStream>(self);
        var done = stream._stream.Read(new Span<byte>(buffer, Math.Min(count, stream._maxChunkBytes)));
        if (read != null)
            *read = done;
        return TResult.Ok;
    }

    /// <param name="buffer">The plugin's, at least <paramref name="count"/> bytes, alive for the call.</param>
    [UnmanagedCallersOnly]
    private static int Write(void* self, void* buffer, int count, int* written)
    {
        if (count < 0 || (buffer == null && count > 0))
            return TResult.InvalidArgument;
        var stream = From<ByteStream>(self);
        var done = Math.Min(count, stream._maxChunkBytes);
        try
        {
            stream._stream.Write(new ReadOnlySpan<byte>(buffer, done));
        }
        catch (Exception error) when (error is IOException or OutOfMemoryException)
        {
            return TResult.OutOfMemory;
        }
        if (written != null)
            *written = done;
        return TResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int Seek(void* self, long position, int mode, long* result)
    {
        var stream = From<ByteStream>(self)._stream;
        if (mode is < 0 or > 2)
            return TResult.InvalidArgument;
        var target = position + (mode == 0 ? 0 : mode == 1 ? stream.Position : stream.Length);
        if (target < 0 || target > int.MaxValue)
            return TResult.InvalidArgument;
        stream.Position = target;
        if (result != null)
            *result = target;
        return TResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int Tell(void* self, long* position)
    {
        if (position == null)
            return TResult.InvalidArgument;
        *position = From<ByteStream>(self)._stream.Position;
        return TResult.Ok;
    }
}
