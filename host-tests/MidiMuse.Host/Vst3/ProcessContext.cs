using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>Source: pluginterfaces/vst/ivstprocesscontext.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProcessContext
{
    internal ProcessContextState State;
    internal double SampleRate;
    internal long ProjectTimeSamples;
    internal long SystemTime; // nanoseconds
    internal long ContinuousTimeSamples;
    internal double ProjectTimeMusic; // quarter notes
    internal double BarPositionMusic;
    internal double CycleStartMusic;
    internal double CycleEndMusic;
    internal double Tempo; // quarter notes a minute
    internal int TimeSigNumerator;
    internal int TimeSigDenominator;
    internal byte ChordKeyNote;
    internal byte ChordRootNote;
    internal short ChordMask;
    internal int SmpteOffsetSubframes;
    internal uint FramesPerSecond;
    internal uint FrameRateFlags;
    internal int SamplesToNextClock;
}

[Flags]
internal enum ProcessContextState : uint
{
    None = 0,
    Playing = 1 << 1,
    CycleActive = 1 << 2,
    Recording = 1 << 3,
    SystemTimeValid = 1 << 8,
    ProjectTimeMusicValid = 1 << 9,
    TempoValid = 1 << 10,
    BarPositionValid = 1 << 11,
    CycleValid = 1 << 12,
    TimeSigValid = 1 << 13,
    ContTimeValid = 1 << 17,
}
