using System.Diagnostics;

namespace MidiMuse.Inference.Tests.Runtime;

/// <summary>A test with a library of its own making; skipped, with the reason, where no C++ compiler makes one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = File.Exists(StandInLibrary.Compiler) ? null : $"Not installed: {StandInLibrary.Compiler}.";
}

/// <summary>A test of what Linux's loader would do; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only on Linux.";
}

/// <summary>A file in place of ONNX Runtime's library, in a folder of its own and under another name: loaded libraries stay.</summary>
internal sealed class StandInLibrary : IDisposable
{
    public const string Compiler = "/usr/bin/g++";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("midimuse-stand-in");

    private StandInLibrary()
    {
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "stand-in.so");

    /// <summary>Says that it is that version, and has no functions beside that.</summary>
    public static StandInLibrary OfVersion(string version) => Compiled(
        $$"""
        struct Base { const void* (*functions)(unsigned); const char* (*version)(); };
        static const void* functions(unsigned) { return nullptr; }
        static const char* version() { return "{{version}}"; }
        static const Base base = { functions, version };
        extern "C" const Base* OrtGetApiBase() { return &base; }
        """);

    public static StandInLibrary WithoutExports() => Compiled("int nothing;");

    public static StandInLibrary WithoutFunctions() => Compiled("extern \"C\" const void* OrtGetApiBase() { return nullptr; }");

    public static StandInLibrary OfText() => OfBytes("This was a library once.\n"u8);

    public static StandInLibrary OfBytes(ReadOnlySpan<byte> bytes)
    {
        var library = new StandInLibrary();
        File.WriteAllBytes(library.Path, bytes);
        return library;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static StandInLibrary Compiled(string source)
    {
        var library = new StandInLibrary();
        var code = System.IO.Path.ChangeExtension(library.Path, ".cpp");
        File.WriteAllText(code, source);
        using var compiler = Process.Start(Compiler, ["-shared", "-fPIC", "-o", library.Path, code]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }
}
