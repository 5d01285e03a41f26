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
    private static nint _library;

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

    /// <summary>Loads the library and has the managed half use it. Every use of ONNX Runtime in this assembly comes after it.</summary>
    /// <exception cref="Models.ModelException">The library is missing, damaged or another version's.</exception>
    internal static void Install()
    {
        lock (Gate)
        {
            if (_library != 0)
                return;
            var library = RuntimeLibrary.Load(CandidatePaths());
            // The managed half of later versions otherwise installs a resolver of its own, which searches the
            // application's directory; one assembly can have only one. 1.23.2 has neither that nor the switch.
            typeof(OrtEnv).GetProperty("DisableDllImportResolver")?.SetValue(null, true);
            NativeLibrary.SetDllImportResolver(typeof(InferenceSession).Assembly, Resolve);
            _library = library;
        }
    }

    /// <summary>Where the library may be; the first file that exists is the one.</summary>
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

    /// <summary>0 lets the default search find what is not ONNX Runtime itself.</summary>
    private static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath) =>
        Path.GetFileNameWithoutExtension(libraryName) == LibraryName ? _library : 0;

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
