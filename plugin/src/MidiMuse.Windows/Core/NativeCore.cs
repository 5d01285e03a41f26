using System.Reflection;
using System.Runtime.InteropServices;

namespace MidiMuse.Windows.Core;

/// <summary>Mirror of plugin/bridge/include/midimuse_core.h, version 1.</summary>
internal enum CoreEventKind : byte
{
    NoteOff = 1,
    NoteOn = 2,
    PolyPressure = 3,
    Control = 4,
    Parameter = 5,
}

/// <inheritdoc cref="CoreEventKind"/>
[StructLayout(LayoutKind.Sequential, Size = 24)]
internal struct CoreEvent
{
    public double Value;
    public uint ParameterId;
    public int OffsetSamples;
    public CoreEventKind Kind;
    public byte Channel;
    public byte Data1;
}

/// <inheritdoc cref="CoreEventKind"/>
[Flags]
internal enum CoreBlockFlags : uint
{
    None = 0,
    Playing = 1 << 0,
    Offline = 1 << 1,
    HasPpq = 1 << 2,
    HasSignature = 1 << 3,
}

/// <inheritdoc cref="CoreEventKind"/>
[StructLayout(LayoutKind.Sequential)]
internal struct CoreBlock
{
    public long ProjectSamples;
    public double ProjectPpq;
    public double TempoBpm;
    public int SampleCount;
    public CoreBlockFlags Flags;
    public int SignatureNumerator;
    public int SignatureDenominator;
}

/// <summary>The native real-time core: the scheduler and transport tracker of the VST3 bridge behind C functions.</summary>
internal sealed unsafe partial class NativeCore : SafeHandle
{
    private const string Library = "midimuse_core";
    private const uint Version = 1;

    static NativeCore() => NativeLibrary.SetDllImportResolver(typeof(NativeCore).Assembly, BesideThisAssembly);

    /// <exception cref="DllNotFoundException">The library is not beside this assembly.</exception>
    /// <exception cref="InvalidOperationException">The library is of another version, or memory is short.</exception>
    public NativeCore()
        : base(0, ownsHandle: true)
    {
        if (CoreVersion() != Version)
            throw new InvalidOperationException($"{Library} is of another version than this assembly.");
        SetHandle(Create());
        if (IsInvalid)
            throw new InvalidOperationException("There is no memory for the real-time core.");
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The memory that the engine maps; valid until the core is disposed.</summary>
    public nint Shared => SharedOf(handle);

    public void BindRole(uint parameterId, uint role) => _ = BindRole(handle, parameterId, role);

    public void PostRoles(bool bypass, bool thru, int outputChannel) => PostRoles(handle, bypass ? 1 : 0, thru ? 1 : 0, outputChannel);

    public void SetEngineLoaded() => SetEngineLoaded(handle, 1);

    public void Reset(double sampleRateHz) => Reset(handle, sampleRateHz);

    /// <summary>One block. [audio]</summary>
    /// <returns>Number of events in <paramref name="output"/>.</returns>
    public int Process(in CoreBlock block, ReadOnlySpan<CoreEvent> input, Span<CoreEvent> output)
    {
        int written;
        // Both spans are arrays of the caller's, pinned for the call; the core keeps no pointer.
        fixed (CoreBlock* blockPointer = &block)
        fixed (CoreEvent* inputPointer = input)
        fixed (CoreEvent* outputPointer = output)
            return Process(handle, blockPointer, inputPointer, input.Length, outputPointer, output.Length, &written) == 0 ? written : 0;
    }

    protected override bool ReleaseHandle()
    {
        Destroy(handle);
        return true;
    }

    private static nint BesideThisAssembly(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
            return 0;
        var file = name + (OperatingSystem.IsWindows() ? ".dll" : ".so");
        return NativeLibrary.Load(Path.Combine(Path.GetDirectoryName(assembly.Location)!, file));
    }

    [LibraryImport(Library, EntryPoint = "mm_core_version")]
    private static partial uint CoreVersion();

    [LibraryImport(Library, EntryPoint = "mm_core_create")]
    private static partial nint Create();

    [LibraryImport(Library, EntryPoint = "mm_core_destroy")]
    private static partial void Destroy(nint core);

    [LibraryImport(Library, EntryPoint = "mm_core_shared")]
    private static partial nint SharedOf(nint core);

    [LibraryImport(Library, EntryPoint = "mm_core_bind_role")]
    private static partial int BindRole(nint core, uint parameterId, uint role);

    [LibraryImport(Library, EntryPoint = "mm_core_post_roles")]
    private static partial void PostRoles(nint core, int bypass, int thru, int outputChannel);

    [LibraryImport(Library, EntryPoint = "mm_core_set_engine_loaded")]
    private static partial void SetEngineLoaded(nint core, int loaded);

    [LibraryImport(Library, EntryPoint = "mm_core_reset")]
    private static partial void Reset(nint core, double sampleRateHz);

    // SuppressGCTransition would save some nanoseconds and is wrong here: an offline block may wait.
    [LibraryImport(Library, EntryPoint = "mm_core_process")]
    private static partial int Process(nint core, CoreBlock* block, CoreEvent* input, int inputCount, CoreEvent* output, int capacity, int* written);
}
