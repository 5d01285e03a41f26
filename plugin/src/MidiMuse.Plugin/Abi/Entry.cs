using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MidiMuse.Plugin.Abi;

/// <summary>
/// The functions behind mm_api. Each one converts, guards, calls and returns: an exception that left an
/// UnmanagedCallersOnly method would end the host, so <see cref="Guarded"/> stands around all of them.
/// </summary>
/// <remarks>
/// Pointers are the bridge's and valid for the duration of a call (midimuse_abi.h, "Rules"); every one is checked
/// for null before it is used. None of these functions is ever called on the audio thread.
/// </remarks>
public static unsafe class Entry
{
    /// <summary>The library's one export, and the method that hostfxr resolves where the IL is hosted.</summary>
    [UnmanagedCallersOnly(EntryPoint = "midimuse_get_api", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetApi(uint abiVersion, nint table)
    {
        var api = (AbiApi*)table;
        if (api is null)
            return (int)AbiResult.InvalidArgument;
        if (abiVersion != AbiConstants.Version)
            return (int)AbiResult.VersionMismatch;
        *api = new AbiApi
        {
            SizeBytes = (uint)sizeof(AbiApi),
            AbiVersion = AbiConstants.Version,
            ParameterCount = &ParameterCount,
            ParameterInfo = &ParameterInfo,
            ParameterToText = &ParameterToText,
            ParameterFromText = &ParameterFromText,
            ParameterToPlain = &ParameterToPlain,
            ParameterFromPlain = &ParameterFromPlain,
            UnitCount = &UnitCount,
            UnitInfo = &UnitInfo,
            ProgramCount = &ProgramCount,
            ProgramName = &ProgramName,
            Create = &Create,
            Destroy = &Destroy,
            SetActive = &SetActive,
            GetParameter = &GetParameter,
            SetParameter = &SetParameter,
            GetState = &GetState,
            SetState = &SetState,
            Command = &Command,
            StateParameters = &StateParameters,
            LastError = &LastError,
            EditorSize = &EditorSize,
            EditorOpen = &EditorOpen,
            EditorClose = &EditorClose,
            EditorResize = &EditorResize,
            EditorSetScale = &EditorSetScale,
            EditorKey = &EditorKey,
        };
        return (int)AbiResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int ParameterCount() => ParameterExports.Count;

    [UnmanagedCallersOnly]
    private static AbiResult ParameterInfo(int index, AbiParamInfo* info) =>
        info is null ? AbiResult.InvalidArgument : Guarded(() => ParameterExports.Describe(index, ref *info));

    [UnmanagedCallersOnly]
    private static AbiResult ParameterToText(uint id, double normalised, byte* text, int capacity) =>
        Guarded(() => ParameterExports.ToText(id, normalised, Buffer(text, capacity)));

    [UnmanagedCallersOnly]
    private static AbiResult ParameterFromText(uint id, byte* text, double* normalised) =>
        text is null || normalised is null ? AbiResult.InvalidArgument : Guarded(() => ParameterExports.FromText(id, Text(text), out *normalised));

    [UnmanagedCallersOnly]
    private static AbiResult ParameterToPlain(uint id, double normalised, double* plain) =>
        plain is null ? AbiResult.InvalidArgument : Guarded(() => ParameterExports.ToPlain(id, normalised, out *plain));

    [UnmanagedCallersOnly]
    private static AbiResult ParameterFromPlain(uint id, double plain, double* normalised) =>
        normalised is null ? AbiResult.InvalidArgument : Guarded(() => ParameterExports.FromPlain(id, plain, out *normalised));

    [UnmanagedCallersOnly]
    private static int UnitCount() => 1;

    [UnmanagedCallersOnly]
    private static AbiResult UnitInfo(int index, AbiUnitInfo* info) =>
        info is null ? AbiResult.InvalidArgument : Guarded(() => ParameterExports.DescribeUnit(index, ref *info));

    [UnmanagedCallersOnly]
    private static int ProgramCount() => ParameterExports.ProgramCount;

    [UnmanagedCallersOnly]
    private static AbiResult ProgramName(int index, byte* text, int capacity) =>
        Guarded(() => ParameterExports.ProgramName(index, Buffer(text, capacity)));

    [UnmanagedCallersOnly]
    private static AbiResult Create(AbiCreateInfo* info, nint* instance)
    {
        if (info is null || instance is null || info->Shared is null)
            return AbiResult.InvalidArgument;
        if (info->AbiVersion != AbiConstants.Version || info->Shared->SizeBytes != (uint)sizeof(AbiShared))
            return AbiResult.VersionMismatch;
        return Guarded(() =>
        {
            *instance = Instances.Create(Text(info->BundleDirectory), info->Shared);
            return AbiResult.Ok;
        });
    }

    [UnmanagedCallersOnly]
    private static AbiResult Destroy(nint instance) => Guarded(() => Instances.Destroy(instance));

    [UnmanagedCallersOnly]
    private static AbiResult SetActive(nint instance, int active, double sampleRateHz, int maxBlockSamples) =>
        WithInstance(instance, engine =>
        {
            engine.SetActive(active != 0);
            return AbiResult.Ok;
        });

    [UnmanagedCallersOnly]
    private static AbiResult GetParameter(nint instance, uint id, double* normalised) =>
        normalised is null
            ? AbiResult.InvalidArgument
            : WithInstance(instance, engine =>
            {
                if (ParameterExports.Find(id) is null)
                    return AbiResult.InvalidArgument;
                *normalised = engine.Parameters.Latest(id);
                return AbiResult.Ok;
            });

    [UnmanagedCallersOnly]
    private static AbiResult SetParameter(nint instance, uint id, double normalised) =>
        WithInstance(instance, engine => engine.SetParameter(id, normalised) ? AbiResult.Ok : AbiResult.InvalidArgument);

    [UnmanagedCallersOnly]
    private static AbiResult GetState(nint instance, byte* bytes, long capacity, long* needed) =>
        WithInstance(instance, engine => CopyOut(engine.GetState(), bytes, capacity, needed));

    [UnmanagedCallersOnly]
    private static AbiResult SetState(nint instance, byte* bytes, long length)
    {
        if (length < 0 || length > int.MaxValue || (bytes is null && length > 0))
            return AbiResult.InvalidArgument;
        return WithInstance(instance, engine => engine.SetState(new ReadOnlySpan<byte>(bytes, (int)length)) ? AbiResult.Ok : AbiResult.False);
    }

    [UnmanagedCallersOnly]
    private static AbiResult Command(nint instance, byte* line, byte* json, long capacity, long* needed) =>
        line is null
            ? AbiResult.InvalidArgument
            : WithInstance(instance, engine => CopyOut(Commands.Run(engine, Text(line)), json, capacity, needed));

    [UnmanagedCallersOnly]
    private static AbiResult StateParameters(byte* bytes, long length, double* normalised, int count)
    {
        if (bytes is null || normalised is null || length < 0 || length > int.MaxValue || count < 0 || count > ParameterExports.Count)
            return AbiResult.InvalidArgument;
        return Guarded(() => ParameterExports.FromState(new ReadOnlySpan<byte>(bytes, (int)length), new Span<double>(normalised, count)));
    }

    [UnmanagedCallersOnly]
    private static AbiResult LastError(nint instance, byte* text, int capacity) =>
        Guarded(() => Utf8Text.Write(Instances.Problem(instance), Buffer(text, capacity)), keepError: true);

    [UnmanagedCallersOnly]
    private static AbiResult EditorSize(double scale, AbiEditorSize* size) =>
        size is null ? AbiResult.InvalidArgument : Guarded(() => Editors.Measure(scale, out *size));

    [UnmanagedCallersOnly]
    private static AbiResult EditorOpen(nint instance, AbiEditorHost* host, nint parent, int width, int height, double scale, nint* editor)
    {
        if (host is null || editor is null || parent == 0 || width <= 0 || height <= 0 || host->SizeBytes < (uint)sizeof(AbiEditorHost))
            return AbiResult.InvalidArgument;
        return WithInstance(instance, engine =>
        {
            *editor = Editors.Open(engine, *host, parent, width, height, scale);
            return AbiResult.Ok;
        });
    }

    [UnmanagedCallersOnly]
    private static AbiResult EditorClose(nint editor) => Guarded(() => Editors.Close(editor));

    [UnmanagedCallersOnly]
    private static AbiResult EditorResize(nint editor, int width, int height) =>
        width <= 0 || height <= 0 ? AbiResult.InvalidArgument : Guarded(() => Editors.With(editor, session => session.Resize(width, height)));

    [UnmanagedCallersOnly]
    private static AbiResult EditorSetScale(nint editor, double scale) => Guarded(() => Editors.With(editor, session => session.SetScale(scale)));

    [UnmanagedCallersOnly]
    private static AbiResult EditorKey(nint editor, uint character, int virtualKey, int modifiers) =>
        Guarded(() => Editors.SendKey(editor, character, virtualKey, modifiers));

    private static AbiResult WithInstance(nint instance, Func<Engine.EngineInstance, AbiResult> call) =>
        Guarded(() => Instances.Find(instance) is { } engine ? call(engine) : AbiResult.InvalidArgument);

    private static AbiResult Guarded(Func<AbiResult> call, bool keepError = false)
    {
        try
        {
            return call();
        }
#pragma warning disable CA1031 // Nothing may be thrown across the ABI.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!keepError)
                Instances.LibraryProblem = exception.Message;
            return AbiResult.Error;
        }
    }

    private static AbiResult CopyOut(ReadOnlySpan<byte> source, byte* bytes, long capacity, long* needed)
    {
        if (needed is not null)
            *needed = source.Length;
        if (bytes is null || capacity < source.Length)
            return AbiResult.BufferTooSmall;
        source.CopyTo(new Span<byte>(bytes, source.Length));
        return AbiResult.Ok;
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static Span<byte> Buffer(byte* text, int capacity) => text is null || capacity <= 0 ? [] : new Span<byte>(text, capacity);
}
