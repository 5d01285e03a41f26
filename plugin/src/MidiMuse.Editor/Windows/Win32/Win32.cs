using System.Runtime.InteropServices;

namespace MidiMuse.Editor.Windows.Win32;

/// <summary>POINT and POINTL of windef.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Point
{
    public int X;
    public int Y;
}

/// <summary>RECT of windef.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Rectangle
{
    public int Left;
    public int Top;
    public int Right;
    public int Bottom;
}

/// <summary>MSG of winuser.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Message
{
    public nint Window;
    public uint Id;
    public nuint WParam;
    public nint LParam;
    public uint Time;
    public Point Cursor;
}

/// <summary>WNDCLASSW of winuser.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WindowClass
{
    public uint Style;
    public delegate* unmanaged[Stdcall]<nint, uint, nuint, nint, nint> Procedure;
    public int ClassExtraBytes;
    public int WindowExtraBytes;
    public nint Instance;
    public nint Icon;
    public nint Cursor;
    public nint Background;
    public char* MenuName;
    public char* Name;
}

/// <summary>PAINTSTRUCT of winuser.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PaintStruct
{
    public nint DeviceContext;
    public int Erase;
    public Rectangle Area;
    public int Restore;
    public int IncludesUpdate;
    public fixed byte Reserved[32];
}

/// <summary>TRACKMOUSEEVENT of winuser.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrackMouse
{
    public uint SizeBytes;
    public uint Flags;
    public nint Window;
    public uint HoverMilliseconds;
}

/// <summary>BITMAPINFOHEADER of wingdi.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BitmapHeader
{
    public uint SizeBytes;
    public int Width;
    public int Height;
    public ushort Planes;
    public ushort BitsPerPixel;
    public uint Compression;
    public uint ImageBytes;
    public int HorizontalPixelsPerMeter;
    public int VerticalPixelsPerMeter;
    public uint ColoursUsed;
    public uint ColoursImportant;
}

/// <summary>The functions of Windows that the editor's window calls; names as in the Windows SDK. Windows 10 or newer.</summary>
internal static unsafe partial class Win32
{
    private const string User = "user32.dll";

    [LibraryImport("kernel32.dll", EntryPoint = "GetModuleHandleW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint GetModuleHandle(string? name);

    [LibraryImport("kernel32.dll")]
    public static partial uint GetCurrentThreadId();

    [LibraryImport(User, EntryPoint = "RegisterClassW", SetLastError = true)]
    public static partial ushort RegisterClass(WindowClass* description);

    [LibraryImport(User, EntryPoint = "CreateWindowExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint CreateWindow(uint extendedStyle, nint classAtom, string title, uint style, int x, int y, int width, int height, nint parent, nint menu, nint instance, nint parameter);

    [LibraryImport(User)]
    public static partial int DestroyWindow(nint window);

    [LibraryImport(User, EntryPoint = "DefWindowProcW")]
    public static partial nint DefaultProcedure(nint window, uint message, nuint wParam, nint lParam);

    [LibraryImport(User, EntryPoint = "PeekMessageW")]
    public static partial int PeekMessage(Message* message, nint window, uint first, uint last, uint remove);

    [LibraryImport(User)]
    public static partial int TranslateMessage(Message* message);

    [LibraryImport(User, EntryPoint = "DispatchMessageW")]
    public static partial nint DispatchMessage(Message* message);

    [LibraryImport(User)]
    public static partial uint MsgWaitForMultipleObjectsEx(uint count, nint* handles, uint milliseconds, uint wakeMask, uint flags);

    [LibraryImport(User)]
    public static partial int SetWindowPos(nint window, nint after, int x, int y, int width, int height, uint flags);

    [LibraryImport(User)]
    public static partial int IsWindowVisible(nint window);

    [LibraryImport(User)]
    public static partial int IsIconic(nint window);

    [LibraryImport(User)]
    public static partial nint GetAncestor(nint window, uint flags);

    [LibraryImport(User)]
    public static partial int ScreenToClient(nint window, Point* point);

    [LibraryImport(User)]
    public static partial nint SetCapture(nint window);

    [LibraryImport(User)]
    public static partial int ReleaseCapture();

    [LibraryImport(User)]
    public static partial nint SetFocus(nint window);

    [LibraryImport(User)]
    public static partial nint SetCursor(nint cursor);

    [LibraryImport(User, EntryPoint = "LoadCursorW")]
    public static partial nint LoadCursor(nint instance, nint name);

    [LibraryImport(User)]
    public static partial int TrackMouseEvent(TrackMouse* order);

    [LibraryImport(User)]
    public static partial short GetKeyState(int key);

    [LibraryImport(User)]
    public static partial short GetAsyncKeyState(int key);

    [LibraryImport(User)]
    public static partial nint BeginPaint(nint window, PaintStruct* paint);

    [LibraryImport(User)]
    public static partial int EndPaint(nint window, PaintStruct* paint);

    [LibraryImport(User)]
    public static partial nint GetDC(nint window);

    [LibraryImport(User)]
    public static partial int ReleaseDC(nint window, nint deviceContext);

    [LibraryImport(User)]
    public static partial int AttachThreadInput(uint thread, uint toThread, int attach);

    [LibraryImport(User)]
    public static partial nint GetWindowDpiAwarenessContext(nint window);

    [LibraryImport(User)]
    public static partial nint SetThreadDpiAwarenessContext(nint context);

    [LibraryImport("gdi32.dll")]
    public static partial int SetDIBitsToDevice(nint deviceContext, int x, int y, uint width, uint height, int sourceX, int sourceY, uint firstLine, uint lines, void* bits, BitmapHeader* header, uint colourUse);
}
