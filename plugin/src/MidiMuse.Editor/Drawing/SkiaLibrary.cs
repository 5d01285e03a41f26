using System.Reflection;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace MidiMuse.Editor.Drawing;

/// <summary>
/// Decides which libSkiaSharp this process binds to: the one in the plugin's bundle, by its full path. The default
/// search would look beside the host's executable, where another program's may lie.
/// </summary>
public static class SkiaLibrary
{
    private const string LibraryName = "libSkiaSharp";

    private static readonly Lock Gate = new();

    private static string? _directory;

    /// <summary>The directory that holds the library. Call it before anything is drawn; a second call has no effect.</summary>
    public static void UseDirectory(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        lock (Gate)
        {
            if (_directory is not null)
                return;
            _directory = Path.GetFullPath(directory);
            NativeLibrary.SetDllImportResolver(typeof(SKCanvas).Assembly, Resolve);
        }
    }

    private static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (Path.GetFileNameWithoutExtension(libraryName) != LibraryName)
            return 0;
        var path = Path.Combine(_directory!, LibraryName + Extension());
        if (NativeLibrary.TryLoad(path, out var handle))
            return handle;
        // Returning 0 would let the default search find somebody else's library.
        throw new DllNotFoundException($"The drawing library {path} could not be loaded.");
    }

    private static string Extension()
    {
        if (OperatingSystem.IsWindows())
            return ".dll";
        return OperatingSystem.IsMacOS() ? ".dylib" : ".so";
    }
}
