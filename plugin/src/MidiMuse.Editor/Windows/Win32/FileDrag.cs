using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Runtime.Versioning;

namespace MidiMuse.Editor.Windows.Win32;

/// <summary>A file that is carried out of the window: one drag, on a thread of its own until it is over.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class FileDrag
{
    /// <param name="inputThread">The thread whose window has the pressed button.</param>
    /// <param name="onEnd">Called on the drag's thread; true where somebody has taken the file.</param>
    public static void Begin(string path, uint inputThread, Action<bool> onEnd)
    {
        var thread = new Thread(() => onEnd(Carry(path, inputThread))) { IsBackground = true, Name = "MidiMuse drag" };
        thread.SetApartmentState(ApartmentState.STA);
        thread.Start();
    }

    private static bool Carry(string path, uint inputThread)
    {
        if (Ole.Initialize(0) < 0)
            return false;
        var thisThread = Win32.GetCurrentThreadId();
        // With one queue of input for both, Windows sees here which buttons are held, and may give us the pointer.
        _ = Win32.AttachThreadInput(thisThread, inputThread, 1);
        uint effect = Ole.NoEffect;
        var result = Ole.DoDragDrop(new FileData(path), new HeldButton(), Ole.CopyEffect, &effect);
        _ = Win32.AttachThreadInput(thisThread, inputThread, 0);
        Ole.Uninitialize();
        return result == Ole.Dropped && effect != Ole.NoEffect;
    }
}

/// <summary>Drops when the button is released, gives up at Escape.</summary>
[GeneratedComClass]
internal sealed partial class HeldButton : IDropSource
{
    public int QueryContinueDrag(int isEscapePressed, uint keyState)
    {
        if (isEscapePressed != 0)
            return Ole.Cancelled;
        // The state that a thread sees lags behind where its input was attached a moment ago: under Wine 8 a button that
        // was still held now and then counted as released, and the file fell on what lay under it.
        return (keyState & Ole.AnyButton) == 0 && !Win32Keyboard.IsAnyButtonHeld() ? Ole.Dropped : Ole.Ok;
    }

    public int GiveFeedback(uint effect) => Ole.UseDefaultCursors;
}

/// <summary>One file as the data of a drag.</summary>
[GeneratedComClass]
internal sealed unsafe partial class FileData(string path) : IDataObject
{
    private const uint MoveableAndZeroed = 0x0042; // GHND
    private const uint Get = 1; // DATADIR_GET

    /// <summary>DROPFILES of shlobj_core.h; the paths follow, each with a zero, and one zero more.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileListHeader
    {
        public uint PathsOffset;
        public Point At;
        public int IsNonClient;
        public int IsUnicode;
    }

    public int GetData(DataFormat* format, DataMedium* medium)
    {
        if (!IsFileList(format))
            return Ole.FormatIsUnknown;
        var memory = Ole.GlobalAlloc(MoveableAndZeroed, (nuint)(sizeof(FileListHeader) + ((path.Length + 2) * sizeof(char))));
        if (memory == 0)
            return Ole.OutOfMemory;
        // Ours between lock and unlock; afterwards it belongs to who asked.
        var header = (FileListHeader*)Ole.GlobalLock(memory);
        *header = new FileListHeader { PathsOffset = (uint)sizeof(FileListHeader), IsUnicode = 1 };
        path.CopyTo(new Span<char>(header + 1, path.Length));
        _ = Ole.GlobalUnlock(memory);
        *medium = new DataMedium { Kind = Ole.GlobalMemory, Handle = memory };
        return Ole.Ok;
    }

    public int QueryGetData(DataFormat* format) => IsFileList(format) ? Ole.Ok : Ole.FormatIsUnknown;

    public int EnumerateFormats(uint direction, nint* enumerator)
    {
        if (direction != Get)
            return Ole.NotImplemented;
        var format = Ole.FileList;
        return Ole.CreateFormatEnumerator(1, &format, enumerator);
    }

    public int GetDataHere(DataFormat* format, DataMedium* medium) => Ole.NotImplemented;

    public int GetCanonicalFormat(DataFormat* format, DataFormat* canonical) => Ole.NotImplemented;

    public int SetData(DataFormat* format, DataMedium* medium, int release) => Ole.NotImplemented;

    public int Advise(DataFormat* format, uint flags, nint sink, uint* connection) => Ole.NotImplemented;

    public int Unadvise(uint connection) => Ole.NotImplemented;

    public int EnumerateAdvises(nint* enumerator) => Ole.NotImplemented;

    private static bool IsFileList(DataFormat* format)
    {
        var wanted = Ole.FileList;
        return format->ClipboardFormat == wanted.ClipboardFormat && format->Aspect == wanted.Aspect && (format->Medium & wanted.Medium) != 0;
    }
}
