using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MidiMuse.Plugin.Abi;

// Mirror of plugin/bridge/include/midimuse_abi.h, version 1. MidiMuse.Plugin.Tests compares every size and offset
// with abi-layout.txt, which a program compiled from that header prints.

internal static class AbiConstants
{
    public const uint Version = 1;
    public const int InputRingCapacity = 4096;
    public const int CommandRingCapacity = 4096;
    public const int AudioRingCapacity = 262144;
    public const int AudioAnchorCapacity = 1024;
    public const int StatusCapacity = 16;
}

internal enum AbiResult
{
    Ok = 0,
    False = 1,
    Error = -1,
    InvalidArgument = -2,
    BufferTooSmall = -3,
    VersionMismatch = -4,
}

internal enum AbiCommandKind : byte
{
    Bar = 1,
    Note = 2,
    Horizon = 3,
    Cancel = 4,

    /// <summary>PlanId: the id of a parameter that the engine has set; OnsetPpq: its normalised value.</summary>
    Parameter = 5,
}

[Flags]
internal enum AbiCommandFlags : uint
{
    None = 0,
    Fallback = 1 << 0,
    Provisional = 1 << 1,
}

[Flags]
internal enum AbiTransportFlags : uint
{
    Playing = 1 << 0,
    Recording = 1 << 1,
    Cycle = 1 << 2,
    Offline = 1 << 3,
}

[Flags]
internal enum AbiParameterFlags : uint
{
    Automatable = 1 << 0,
    ReadOnly = 1 << 1,
    List = 1 << 2,
    Bypass = 1 << 3,
    Program = 1 << 4,
    Hidden = 1 << 5,
}

[StructLayout(LayoutKind.Sequential)]
internal struct AbiInputEvent
{
    public double TimelinePpq;
    public double Value;
    public uint Epoch;
    public uint ParamId;
    public byte Kind;
    public byte Channel;
    public byte Data1;
    public byte Data2;
    public uint Reserved;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AbiAudioAnchor
{
    public double TimelinePpq;
    public double PpqPerSample;
    public double SampleRateHz;
    public uint FirstSample;
    public uint Epoch;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AbiCommand
{
    public double OnsetPpq;
    public double EndPpq;
    public uint Epoch;
    public uint PlanId;
    public AbiCommandFlags Flags;
    public AbiCommandKind Kind;
    public byte Channel;
    public byte Pitch;
    public byte Velocity;
    public uint BarNotes;
    public uint GridGeneration;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AbiTransport
{
    public double BlockStartPpq;
    public double BlockEndPpq;
    public double ProjectPpq;
    public double BarStartPpq;
    public double CycleStartPpq;
    public double CycleEndPpq;
    public double TempoBpm;
    public double SampleRateHz;
    public ulong RunningSamples;
    public uint Epoch;
    public uint GridGeneration;
    public int SignatureNumerator;
    public int SignatureDenominator;
    public AbiTransportFlags Flags;
    public Words5 Reserved;
}

[InlineArray(5)]
internal struct Words5
{
    private uint _first;
}

[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct AbiRingIndices
{
    [FieldOffset(0)]
    public uint Write;

    [FieldOffset(64)]
    public uint Read;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AbiCounters
{
    public ulong Blocks;
    public ulong NotesIn;
    public ulong NotesOut;
    public ulong LateNotes;
    public ulong LateBars;
    public ulong FallbackBars;
    public ulong ShortfallBlocks;
    public ulong OfflineWaits;
    public ulong OfflineTimeouts;
    public ulong InputDrops;
    public ulong OutputDrops;
    public ulong Jumps;
    public ulong RefusedPlanId;
    public ulong AudioDrops;
    public Longs2 Reserved;
}

[InlineArray(2)]
internal struct Longs2
{
    private ulong _first;
}

[InlineArray(AbiConstants.StatusCapacity)]
internal struct StatusSlots
{
    private double _first;
}

[InlineArray(AbiConstants.InputRingCapacity)]
internal struct InputSlots
{
    private AbiInputEvent _first;
}

[InlineArray(AbiConstants.CommandRingCapacity)]
internal struct CommandSlots
{
    private AbiCommand _first;
}

[InlineArray(AbiConstants.AudioAnchorCapacity)]
internal struct AnchorSlots
{
    private AbiAudioAnchor _first;
}

[InlineArray(AbiConstants.AudioRingCapacity)]
internal struct AudioSamples
{
    private float _first;
}

/// <summary>MM_SOUND_</summary>
internal enum AbiSound : uint
{
    Automatic,
    Keys,
    Bass,
    Drums,
}

[StructLayout(LayoutKind.Sequential)]
internal struct AbiShared
{
    public uint AbiVersion;
    public uint SizeBytes;
    public uint TransportSequence;
    public uint EngineState;
    public AbiTransport Transport;
    public AbiRingIndices InputIndices;
    public AbiRingIndices CommandIndices;
    public AbiCounters Counters;
    public StatusSlots Status;
    public InputSlots Input;
    public CommandSlots Command;
    public AbiRingIndices AudioIndices;
    public AbiRingIndices AnchorIndices;
    public AnchorSlots Anchor;
    public AudioSamples Audio;

    /// <summary>MM_AUDITION_</summary>
    public uint Audition;

    /// <summary>MM_SOUND_</summary>
    public uint AnswerSound;

    private readonly EditorPadding _padding;
}

[InlineArray(14)]
internal struct EditorPadding
{
    private uint _first;
}

[InlineArray(64)]
internal struct Text64
{
    private byte _first;
}

[InlineArray(16)]
internal struct Text16
{
    private byte _first;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AbiParamInfo
{
    public uint Id;
    public AbiParameterFlags Flags;
    public int Steps;
    public uint Role;
    public double DefaultValue;
    public int StatusSlot;
    public int UnitId;
    public Text64 Title;
    public Text16 ShortTitle;
    public Text16 Units;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AbiUnitInfo
{
    public int Id;
    public int ParentId;
    public Text64 Name;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AbiCreateInfo
{
    public uint SizeBytes;
    public uint AbiVersion;
    public byte* BundleDirectory;
    public AbiShared* Shared;
}

[InlineArray(128)]
internal struct Text128
{
    private byte _first;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AbiEditorSize
{
    public int Width;
    public int Height;
    public int SmallestWidth;
    public int SmallestHeight;
}

/// <summary>mm_editor_host: what an editor does to the host.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AbiEditorHost
{
    public uint SizeBytes;
    public uint HasMenu;
    public void* Context;
    public delegate* unmanaged<void*, uint, void> BeginEdit;
    public delegate* unmanaged<void*, uint, double, void> PerformEdit;
    public delegate* unmanaged<void*, uint, void> EndEdit;
    public delegate* unmanaged<void*, uint, int, int, void> ShowMenu;
    public delegate* unmanaged<void*, uint, double> Parameter;
    public Text128 Name;
}

/// <summary>mm_api: the function table that the bridge receives.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AbiApi
{
    public uint SizeBytes;
    public uint AbiVersion;
    public delegate* unmanaged<int> ParameterCount;
    public delegate* unmanaged<int, AbiParamInfo*, AbiResult> ParameterInfo;
    public delegate* unmanaged<uint, double, byte*, int, AbiResult> ParameterToText;
    public delegate* unmanaged<uint, byte*, double*, AbiResult> ParameterFromText;
    public delegate* unmanaged<uint, double, double*, AbiResult> ParameterToPlain;
    public delegate* unmanaged<uint, double, double*, AbiResult> ParameterFromPlain;
    public delegate* unmanaged<int> UnitCount;
    public delegate* unmanaged<int, AbiUnitInfo*, AbiResult> UnitInfo;
    public delegate* unmanaged<int> ProgramCount;
    public delegate* unmanaged<int, byte*, int, AbiResult> ProgramName;
    public delegate* unmanaged<AbiCreateInfo*, nint*, AbiResult> Create;
    public delegate* unmanaged<nint, AbiResult> Destroy;
    public delegate* unmanaged<nint, int, double, int, AbiResult> SetActive;
    public delegate* unmanaged<nint, uint, double*, AbiResult> GetParameter;
    public delegate* unmanaged<nint, uint, double, AbiResult> SetParameter;
    public delegate* unmanaged<nint, byte*, long, long*, AbiResult> GetState;
    public delegate* unmanaged<nint, byte*, long, AbiResult> SetState;
    public delegate* unmanaged<nint, byte*, byte*, long, long*, AbiResult> Command;
    public delegate* unmanaged<byte*, long, double*, int, AbiResult> StateParameters;
    public delegate* unmanaged<nint, byte*, int, AbiResult> LastError;
    public delegate* unmanaged<double, AbiEditorSize*, AbiResult> EditorSize;
    public delegate* unmanaged<nint, AbiEditorHost*, nint, int, int, double, nint*, AbiResult> EditorOpen;
    public delegate* unmanaged<nint, AbiResult> EditorClose;
    public delegate* unmanaged<nint, int, int, AbiResult> EditorResize;
    public delegate* unmanaged<nint, double, AbiResult> EditorSetScale;
    public delegate* unmanaged<nint, uint, int, int, AbiResult> EditorKey;
}
