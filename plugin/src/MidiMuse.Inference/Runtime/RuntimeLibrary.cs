using System.Reflection;
using System.Runtime.InteropServices;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Runtime;

/// <summary>
/// Loads ONNX Runtime's native library and asks it who it is before the managed half sees it. A managed half whose
/// static constructors have failed cannot be used any more, and on the way there says nothing about which file it was.
/// </summary>
internal static class RuntimeLibrary
{
    private const string NeededVersionKey = "OrtVersion";

    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    private delegate nint AddressFunction();

    /// <summary>The version that the managed half was made for, from the build: its assembly's own version is 0.0.0.0 in some releases.</summary>
    public static string NeededVersion { get; } = typeof(RuntimeLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == NeededVersionKey).Value!;

    /// <summary>The handle of the first of these files that exists. Its version was checked.</summary>
    /// <exception cref="ModelException">RuntimeFailed: no file, a damaged one, or another version's.</exception>
    public static nint Load(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
            throw Unusable("nobody said where its library is");
        var path = paths.FirstOrDefault(File.Exists) ?? throw Unusable($"{paths[0]} is missing");
        if (OperatingSystem.IsLinux() && IsCutShort(path))
            throw Unusable($"{path} is cut short");
        if (!NativeLibrary.TryLoad(path, out var library))
            throw Unusable($"{path} cannot be loaded. It is damaged, made for another system, or a library that it needs is missing");
        var found = VersionOf(library) ?? throw Unusable($"{path} is not ONNX Runtime");
        // A patch release keeps the functions; the second number is the version of the table of functions.
        if (!IsSameRelease(found, NeededVersion))
            throw Unusable($"{path} is version {found}, and this MidiMuse needs {NeededVersion}");
        return library;
    }

    /// <summary>A file that cannot be read is left to the loader's own message.</summary>
    private static bool IsCutShort(string path)
    {
        try
        {
            return ElfFile.EndsEarly(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Stays loaded: a library of unknown making may have started threads.</summary>
    private static string? VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var getApiBase))
            return null;
        // struct OrtApiBase { GetApi, GetVersionString }: onnxruntime_c_api.h.
        var apiBase = Call(getApiBase);
        var getVersion = apiBase == 0 ? 0 : Marshal.ReadIntPtr(apiBase, IntPtr.Size);
        return getVersion == 0 ? null : Marshal.PtrToStringUTF8(Call(getVersion));
    }

    private static nint Call(nint function) => Marshal.GetDelegateForFunctionPointer<AddressFunction>(function)();

    private static bool IsSameRelease(string found, string needed) =>
        Version.TryParse(found, out var one) && Version.TryParse(needed, out var other) && one.Major == other.Major && one.Minor == other.Minor;

    private static ModelException Unusable(string reason) =>
        new(ModelFault.RuntimeFailed, $"ONNX Runtime cannot be used: {reason}. Install MidiMuse again.");
}
