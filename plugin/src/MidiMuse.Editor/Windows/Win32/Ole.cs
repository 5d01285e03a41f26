using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace MidiMuse.Editor.Windows.Win32;

/// <summary>FORMATETC of objidl.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DataFormat
{
    public ushort ClipboardFormat;
    public nint TargetDevice;
    public uint Aspect;
    public int Index;
    public uint Medium;
}

/// <summary>STGMEDIUM of objidl.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DataMedium
{
    public uint Kind;
    public nint Handle;
    public nint Release;
}

/// <summary>IDataObject of objidl.h.</summary>
[GeneratedComInterface]
[Guid("0000010E-0000-0000-C000-000000000046")]
internal unsafe partial interface IDataObject
{
    [PreserveSig]
    int GetData(DataFormat* format, DataMedium* medium);

    [PreserveSig]
    int GetDataHere(DataFormat* format, DataMedium* medium);

    [PreserveSig]
    int QueryGetData(DataFormat* format);

    [PreserveSig]
    int GetCanonicalFormat(DataFormat* format, DataFormat* canonical);

    [PreserveSig]
    int SetData(DataFormat* format, DataMedium* medium, int release);

    [PreserveSig]
    int EnumerateFormats(uint direction, nint* enumerator);

    [PreserveSig]
    int Advise(DataFormat* format, uint flags, nint sink, uint* connection);

    [PreserveSig]
    int Unadvise(uint connection);

    [PreserveSig]
    int EnumerateAdvises(nint* enumerator);
}

/// <summary>IDropSource of oleidl.h.</summary>
[GeneratedComInterface]
[Guid("00000121-0000-0000-C000-000000000046")]
internal partial interface IDropSource
{
    [PreserveSig]
    int QueryContinueDrag(int isEscapePressed, uint keyState);

    [PreserveSig]
    int GiveFeedback(uint effect);
}

/// <summary>IDropTarget of oleidl.h.</summary>
[GeneratedComInterface]
[Guid("00000122-0000-0000-C000-000000000046")]
internal unsafe partial interface IDropTarget
{
    [PreserveSig]
    int DragEnter(IDataObject data, uint keyState, Point at, uint* effect);

    [PreserveSig]
    int DragOver(uint keyState, Point at, uint* effect);

    [PreserveSig]
    int DragLeave();

    [PreserveSig]
    int Drop(IDataObject data, uint keyState, Point at, uint* effect);
}

/// <summary>Drag and drop between programs, and the memory that carries a list of files. Values from the Windows SDK.</summary>
internal static unsafe partial class Ole
{
    public const int Ok = 0;
    public const int NotImplemented = unchecked((int)0x80004001); // E_NOTIMPL
    public const int FormatIsUnknown = unchecked((int)0x80040064); // DV_E_FORMATETC
    public const int OutOfMemory = unchecked((int)0x8007000E);
    public const int Dropped = 0x00040100; // DRAGDROP_S_DROP
    public const int Cancelled = 0x00040101; // DRAGDROP_S_CANCEL
    public const int UseDefaultCursors = 0x00040102; // DRAGDROP_S_USEDEFAULTCURSORS

    public const uint NoEffect = 0; // DROPEFFECT_NONE
    public const uint CopyEffect = 1; // DROPEFFECT_COPY
    public const uint AnyButton = 0x0001 | 0x0002 | 0x0010; // left, right, middle

    public const uint GlobalMemory = 1; // TYMED_HGLOBAL

    /// <summary>A list of files, as every program on Windows understands it: CF_HDROP, whole, in a piece of memory.</summary>
    public static DataFormat FileList => new() { ClipboardFormat = 15, Aspect = 1, Index = -1, Medium = GlobalMemory };

    [LibraryImport("ole32.dll", EntryPoint = "OleInitialize")]
    public static partial int Initialize(nint reserved);

    [LibraryImport("ole32.dll", EntryPoint = "OleUninitialize")]
    public static partial void Uninitialize();

    [LibraryImport("ole32.dll")]
    public static partial int RegisterDragDrop(nint window, IDropTarget target);

    [LibraryImport("ole32.dll")]
    public static partial int RevokeDragDrop(nint window);

    [LibraryImport("ole32.dll")]
    public static partial int DoDragDrop(IDataObject data, IDropSource source, uint allowedEffects, uint* effect);

    [LibraryImport("ole32.dll")]
    public static partial void ReleaseStgMedium(DataMedium* medium);

    [LibraryImport("shell32.dll", EntryPoint = "SHCreateStdEnumFmtEtc")]
    public static partial int CreateFormatEnumerator(uint count, DataFormat* formats, nint* enumerator);

    [LibraryImport("shell32.dll", EntryPoint = "DragQueryFileW")]
    public static partial uint QueryFile(nint files, uint index, char* path, uint capacity);

    [LibraryImport("kernel32.dll")]
    public static partial nint GlobalAlloc(uint flags, nuint bytes);

    [LibraryImport("kernel32.dll")]
    public static partial void* GlobalLock(nint memory);

    [LibraryImport("kernel32.dll")]
    public static partial int GlobalUnlock(nint memory);
}
