using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace MidiMuse.Inference.Runtime;

/// <summary>
/// Decides which onnxruntime library this process binds to: the one in the plugin's bundle, by its full path, and
/// never one that the host or another plugin brought along. The default search would look in the host
/// executable's directory first.
/// </summary>
public static class NativeRuntime
{
    private const string LibraryName = "onnxruntime";

    private static readonly Lock Gate = new();

    private static string? _directory;
    private static bool _installed;

    /// <summary>
    /// The directory that holds the onnxruntime library (<c>libonnxruntime.so</c>, <c>libonnxruntime.dylib</c> or
    /// <c>onnxruntime.dll</c>). Call it before the first model is opened; afterwards it has no effect, because a
    /// process keeps the library that it has loaded.
    /// </summary>
    public static void UseDirectory(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        lock (Gate)
            _directory = Path.GetFullPath(directory);
    }

    /// <summary>Puts the resolver in place. Every use of ONNX Runtime in this assembly comes after it.</summary>
    internal static void Install()
    {
        lock (Gate)
        {
            if (_installed)
                return;
            // ONNX Runtime's managed library (1.31) otherwise installs a resolver of its own, which searches
            // the application's directory; one assembly can have only one.
            OrtEnv.DisableDllImportResolver = true;
            NativeLibrary.SetDllImportResolver(typeof(InferenceSession).Assembly, Resolve);
            _installed = true;
        }
    }

    /// <summary>The paths that are tried, best first.</summary>
    internal static IReadOnlyList<string> CandidatePaths()
    {
        var file = FileName();
        string? directory;
        lock (Gate)
            directory = _directory;
        if (directory is not null)
            return [Path.Combine(directory, file)];

        // Tests and tools run as IL from their own output. A NativeAOT library must be told its directory:
        // there AppContext.BaseDirectory is the host's.
        if (!RuntimeFeature.IsDynamicCodeCompiled)
            return [];
        var output = AppContext.BaseDirectory;
        return
        [
            Path.Combine(output, file),
            Path.Combine(output, "runtimes", PortableRuntimeIdentifier(), "native", file),
        ];
    }

    private static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (Path.GetFileNameWithoutExtension(libraryName) != LibraryName)
            return 0;
        var paths = CandidatePaths();
        foreach (var path in paths)
        {
            if (NativeLibrary.TryLoad(path, out var handle))
                return handle;
        }
        // Returning 0 would let the default search find somebody else's library.
        throw new DllNotFoundException(paths.Count == 0
            ? "The directory of the ONNX Runtime library was not set."
            : $"The ONNX Runtime library could not be loaded from {string.Join(" or ", paths)}.");
    }

    private static string FileName()
    {
        if (OperatingSystem.IsWindows())
            return LibraryName + ".dll";
        return OperatingSystem.IsMacOS() ? $"lib{LibraryName}.dylib" : $"lib{LibraryName}.so";
    }

    private static string PortableRuntimeIdentifier()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var processor = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return $"{system}-{processor}";
    }
}
