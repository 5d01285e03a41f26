using System.Runtime.InteropServices.Marshalling;

namespace MidiMuse.Editor.Windows.Win32;

/// <summary>Takes files that are dropped on the window. Windows calls it on the window's thread. [ui]</summary>
/// <param name="isWanted">False while the file that is carried is our own.</param>
[GeneratedComClass]
internal sealed unsafe partial class FileDropTarget(Action<IReadOnlyList<string>> onFiles, Func<bool> isWanted) : IDropTarget
{
    private const uint HowMany = 0xFFFFFFFF;

    private bool _hasFiles;

    public int DragEnter(IDataObject data, uint keyState, Point at, uint* effect)
    {
        var format = Ole.FileList;
        _hasFiles = isWanted() && data.QueryGetData(&format) == Ole.Ok;
        return DragOver(keyState, at, effect);
    }

    public int DragOver(uint keyState, Point at, uint* effect)
    {
        *effect = _hasFiles ? *effect & Ole.CopyEffect : Ole.NoEffect;
        return Ole.Ok;
    }

    public int DragLeave()
    {
        _hasFiles = false;
        return Ole.Ok;
    }

    public int Drop(IDataObject data, uint keyState, Point at, uint* effect)
    {
        var paths = _hasFiles ? PathsIn(data) : [];
        _hasFiles = false;
        *effect = paths.Count > 0 ? Ole.CopyEffect : Ole.NoEffect;
        if (paths.Count > 0)
            onFiles(paths);
        return Ole.Ok;
    }

    private static List<string> PathsIn(IDataObject data)
    {
        var format = Ole.FileList;
        DataMedium medium;
        var paths = new List<string>();
        if (data.GetData(&format, &medium) != Ole.Ok)
            return paths;
        var count = Ole.QueryFile(medium.Handle, HowMany, null, 0);
        for (var index = 0u; index < count; index++)
        {
            var length = Ole.QueryFile(medium.Handle, index, null, 0);
            var path = new char[length + 1];
            fixed (char* pinned = path) // for the call, which writes length characters and a zero
                _ = Ole.QueryFile(medium.Handle, index, pinned, length + 1);
            paths.Add(new string(path, 0, (int)length));
        }
        Ole.ReleaseStgMedium(&medium);
        return paths;
    }
}
