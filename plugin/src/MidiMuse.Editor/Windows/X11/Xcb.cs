using System.Runtime.InteropServices;

namespace MidiMuse.Editor.Windows.X11;

/// <summary>
/// The part of libxcb that the editor uses. Facts from xcb.h and xproto.h of libxcb 1.15. Requests return a cookie, a
/// struct of one unsigned int, which comes in a register like one; where no reply is wanted it is not looked at.
/// </summary>
/// <remarks>
/// Not libX11: its error handler belongs to the whole process, and by default ends it. With XCB an error of our own
/// connection is an event of our own connection, so a window that the host destroyed first harms nobody.
/// </remarks>
internal static unsafe partial class Xcb
{
    private const string Library = "libxcb.so.1";

    [LibraryImport(Library, EntryPoint = "xcb_connect", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Connect(string? displayName, out int screen);

    [LibraryImport(Library, EntryPoint = "xcb_disconnect")]
    public static partial void Disconnect(nint connection);

    [LibraryImport(Library, EntryPoint = "xcb_connection_has_error")]
    public static partial int ConnectionHasError(nint connection);

    [LibraryImport(Library, EntryPoint = "xcb_get_file_descriptor")]
    public static partial int GetFileDescriptor(nint connection);

    [LibraryImport(Library, EntryPoint = "xcb_get_setup")]
    public static partial byte* GetSetup(nint connection);

    [LibraryImport(Library, EntryPoint = "xcb_setup_roots_iterator")]
    public static partial ScreenIterator SetupRootsIterator(byte* setup);

    [LibraryImport(Library, EntryPoint = "xcb_screen_next")]
    public static partial void ScreenNext(ScreenIterator* iterator);

    [LibraryImport(Library, EntryPoint = "xcb_get_maximum_request_length")]
    public static partial uint GetMaximumRequestLength(nint connection);

    [LibraryImport(Library, EntryPoint = "xcb_generate_id")]
    public static partial uint GenerateId(nint connection);

    [LibraryImport(Library, EntryPoint = "xcb_flush")]
    public static partial void Flush(nint connection);

    /// <summary>The next event or null; the caller frees it.</summary>
    [LibraryImport(Library, EntryPoint = "xcb_poll_for_event")]
    public static partial XEvent* PollForEvent(nint connection);

    [LibraryImport(Library, EntryPoint = "xcb_create_window")]
    public static partial void CreateWindow(
        nint connection, byte depth, uint window, uint parent, short x, short y, ushort width, ushort height, ushort border, ushort windowClass, uint visual, uint mask, uint* values);

    [LibraryImport(Library, EntryPoint = "xcb_destroy_window")]
    public static partial void DestroyWindow(nint connection, uint window);

    [LibraryImport(Library, EntryPoint = "xcb_map_window")]
    public static partial void MapWindow(nint connection, uint window);

    [LibraryImport(Library, EntryPoint = "xcb_configure_window")]
    public static partial void ConfigureWindow(nint connection, uint window, ushort mask, uint* values);

    [LibraryImport(Library, EntryPoint = "xcb_create_gc")]
    public static partial void CreateGc(nint connection, uint gc, uint drawable, uint mask, uint* values);

    [LibraryImport(Library, EntryPoint = "xcb_put_image")]
    public static partial void PutImage(
        nint connection, byte format, uint drawable, uint gc, ushort width, ushort height, short x, short y, byte leftPad, byte depth, uint length, byte* data);

    [LibraryImport(Library, EntryPoint = "xcb_change_property")]
    public static partial void ChangeProperty(nint connection, byte mode, uint window, uint property, uint type, byte format, uint length, void* data);

    [LibraryImport(Library, EntryPoint = "xcb_get_property")]
    public static partial uint GetProperty(nint connection, byte delete, uint window, uint property, uint type, uint offset, uint length);

    [LibraryImport(Library, EntryPoint = "xcb_get_property_reply")]
    public static partial byte* GetPropertyReply(nint connection, uint cookie, byte** error);

    [LibraryImport(Library, EntryPoint = "xcb_intern_atom")]
    public static partial uint InternAtom(nint connection, byte onlyIfExists, ushort length, byte* name);

    [LibraryImport(Library, EntryPoint = "xcb_intern_atom_reply")]
    public static partial byte* InternAtomReply(nint connection, uint cookie, byte** error);

    [LibraryImport(Library, EntryPoint = "xcb_get_keyboard_mapping")]
    public static partial uint GetKeyboardMapping(nint connection, byte first, byte count);

    [LibraryImport(Library, EntryPoint = "xcb_get_keyboard_mapping_reply")]
    public static partial byte* GetKeyboardMappingReply(nint connection, uint cookie, byte** error);

    [LibraryImport(Library, EntryPoint = "xcb_set_input_focus")]
    public static partial void SetInputFocus(nint connection, byte revertTo, uint window, uint time);

    [LibraryImport(Library, EntryPoint = "xcb_send_event")]
    public static partial void SendEvent(nint connection, byte propagate, uint destination, uint mask, void* data);

    [LibraryImport(Library, EntryPoint = "xcb_set_selection_owner")]
    public static partial void SetSelectionOwner(nint connection, uint owner, uint selection, uint time);

    [LibraryImport(Library, EntryPoint = "xcb_convert_selection")]
    public static partial void ConvertSelection(nint connection, uint requestor, uint selection, uint target, uint property, uint time);

    [LibraryImport(Library, EntryPoint = "xcb_grab_pointer")]
    public static partial uint GrabPointer(nint connection, byte ownerEvents, uint window, ushort mask, byte pointerMode, byte keyboardMode, uint confineTo, uint cursor, uint time);

    [LibraryImport(Library, EntryPoint = "xcb_grab_pointer_reply")]
    public static partial byte* GrabPointerReply(nint connection, uint cookie, byte** error);

    [LibraryImport(Library, EntryPoint = "xcb_ungrab_pointer")]
    public static partial void UngrabPointer(nint connection, uint time);

    [LibraryImport(Library, EntryPoint = "xcb_translate_coordinates")]
    public static partial uint TranslateCoordinates(nint connection, uint source, uint destination, short x, short y);

    [LibraryImport(Library, EntryPoint = "xcb_translate_coordinates_reply")]
    public static partial byte* TranslateCoordinatesReply(nint connection, uint cookie, byte** error);

    /// <summary>Events and replies are malloc'ed by libxcb.</summary>
    [LibraryImport("libc", EntryPoint = "free")]
    public static partial void Free(void* memory);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = false)]
    public static partial void Poll(PollFd* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial void Close(int descriptor);
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ScreenIterator
{
    public XScreen* Data;
    public int Remaining;
    public int Index;
}

[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct XScreen
{
    [FieldOffset(0)]
    public uint Root;

    [FieldOffset(4)]
    public uint DefaultColormap;

    [FieldOffset(20)]
    public ushort WidthPixels;

    [FieldOffset(22)]
    public ushort HeightPixels;

    [FieldOffset(32)]
    public uint RootVisual;

    [FieldOffset(38)]
    public byte RootDepth;
}

/// <summary>The fields of the events that the editor reads, each at its place in xproto.h.</summary>
[StructLayout(LayoutKind.Explicit, Size = 36)]
internal unsafe struct XEvent
{
    [FieldOffset(0)]
    public byte ResponseType;

    /// <summary>Key code, button.</summary>
    [FieldOffset(1)]
    public byte Detail;

    /// <summary>Client messages: bits an element.</summary>
    [FieldOffset(1)]
    public byte Format;

    [FieldOffset(4)]
    public uint Time;

    /// <summary>Client messages, exposures, property and structure events of a window.</summary>
    [FieldOffset(4)]
    public uint Window;

    [FieldOffset(8)]
    public uint MessageType;

    [FieldOffset(12)]
    public uint Data0;

    [FieldOffset(16)]
    public uint Data1;

    [FieldOffset(20)]
    public uint Data2;

    [FieldOffset(24)]
    public uint Data3;

    [FieldOffset(28)]
    public uint Data4;

    [FieldOffset(8)]
    public ushort ExposeX;

    [FieldOffset(10)]
    public ushort ExposeY;

    [FieldOffset(12)]
    public ushort ExposeWidth;

    [FieldOffset(14)]
    public ushort ExposeHeight;

    [FieldOffset(20)]
    public short RootX;

    [FieldOffset(22)]
    public short RootY;

    [FieldOffset(24)]
    public short EventX;

    [FieldOffset(26)]
    public short EventY;

    [FieldOffset(28)]
    public ushort State;

    /// <summary>ConfigureNotify, of whose two windows the second one is meant.</summary>
    [FieldOffset(8)]
    public uint ConfiguredWindow;

    [FieldOffset(20)]
    public ushort ConfiguredWidth;

    [FieldOffset(22)]
    public ushort ConfiguredHeight;

    [FieldOffset(8)]
    public byte Visibility;

    /// <summary>SelectionRequest: owner, requestor, selection, target, property.</summary>
    [FieldOffset(12)]
    public uint Requestor;

    [FieldOffset(16)]
    public uint RequestedSelection;

    [FieldOffset(20)]
    public uint RequestedTarget;

    [FieldOffset(24)]
    public uint RequestedProperty;

    /// <summary>SelectionNotify: time, requestor, selection, target, property.</summary>
    [FieldOffset(20)]
    public uint NotifiedProperty;

    public readonly XEventType Type => (XEventType)(ResponseType & 0x7F);
}

internal enum XEventType : byte
{
    Error = 0,
    KeyPress = 2,
    KeyRelease = 3,
    ButtonPress = 4,
    ButtonRelease = 5,
    MotionNotify = 6,
    EnterNotify = 7,
    LeaveNotify = 8,
    Expose = 12,
    VisibilityNotify = 15,
    DestroyNotify = 17,
    UnmapNotify = 18,
    MapNotify = 19,
    ConfigureNotify = 22,
    SelectionRequest = 30,
    SelectionNotify = 31,
    ClientMessage = 33,
    MappingNotify = 34,
}

[StructLayout(LayoutKind.Sequential)]
internal struct PollFd
{
    public int Descriptor;
    public short Events;
    public short ReturnedEvents;
}
