using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>Source: pluginterfaces/vst/ivstaudioprocessor.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IAudioProcessor
{
    internal static readonly Tuid Iid = new(0x42043F99, 0xB7DA453C, 0xA569E79D, 0x9AAEC33D);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, ulong*, int, ulong*, int, int> SetBusArrangements;
        internal delegate* unmanaged<void*, int, int, ulong*, int> GetBusArrangement;
        internal delegate* unmanaged<void*, int, int> CanProcessSampleSize;
        internal delegate* unmanaged<void*, uint> GetLatencySamples;
        internal delegate* unmanaged<void*, ProcessSetup*, int> SetupProcessing;
        internal delegate* unmanaged<void*, byte, int> SetProcessing;
        internal delegate* unmanaged<void*, ProcessData*, int> Process;
        internal delegate* unmanaged<void*, uint> GetTailSamples;
    }
}

/// <summary>Source: pluginterfaces/vst/ivstaudioprocessor.h, ProcessModes.</summary>
public enum ProcessMode
{
    Realtime = 0,
    Prefetch = 1,
    Offline = 2,
}

[StructLayout(LayoutKind.Sequential)]
internal struct ProcessSetup
{
    internal const int Sample32 = 0;

    internal ProcessMode ProcessMode;
    internal int SymbolicSampleSize;
    internal int MaxSamplesPerBlock;
    internal double SampleRate;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AudioBusBuffers
{
    internal int NumChannels;
    internal ulong SilenceFlags;
    internal float** ChannelBuffers32;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ProcessData
{
    internal ProcessMode ProcessMode;
    internal int SymbolicSampleSize;
    internal int NumSamples;
    internal int NumInputs;
    internal int NumOutputs;
    internal AudioBusBuffers* Inputs;
    internal AudioBusBuffers* Outputs;
    internal void* InputParameterChanges;
    internal void* OutputParameterChanges;
    internal void* InputEvents;
    internal void* OutputEvents;
    internal ProcessContext* ProcessContext;
}
