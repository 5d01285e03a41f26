using System.Runtime.InteropServices;

namespace MidiMuse.Host.Vst3;

/// <summary>Source: pluginterfaces/vst/ivstevents.h (SDK 3.7.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IEventList
{
    internal static readonly Tuid Iid = new(0x3A2C4214, 0x346349FE, 0xB2C4F397, 0xB9695A44);

    internal Vtbl* Vtable;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vtbl
    {
        internal FUnknown.Vtbl Unknown;
        internal delegate* unmanaged<void*, int> GetEventCount;
        internal delegate* unmanaged<void*, int, Event*, int> GetEvent;
        internal delegate* unmanaged<void*, Event*, int> AddEvent;
    }
}

internal enum EventType : ushort
{
    NoteOn = 0,
    NoteOff = 1,
    Data = 2,
    PolyPressure = 3,
    LegacyMidiCcOut = 65535,
}

/// <summary>An event: a header of 20 bytes, then a union that begins at 24 because it holds pointers and doubles.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct Event
{
    internal const ushort IsLive = 1;

    [FieldOffset(0)]
    internal int BusIndex;

    [FieldOffset(4)]
    internal int SampleOffset;

    [FieldOffset(8)]
    internal double PpqPosition;

    [FieldOffset(16)]
    internal ushort Flags;

    [FieldOffset(18)]
    internal EventType Type;

    [FieldOffset(24)]
    internal NoteOnEvent NoteOn;

    [FieldOffset(24)]
    internal NoteOffEvent NoteOff;

    [FieldOffset(24)]
    internal LegacyMidiCcOutEvent MidiCcOut;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NoteOnEvent
{
    internal short Channel;
    internal short Pitch;
    internal float Tuning;
    internal float Velocity; // 0..1
    internal int Length;
    internal int NoteId;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NoteOffEvent
{
    internal short Channel;
    internal short Pitch;
    internal float Velocity; // 0..1
    internal int NoteId;
    internal float Tuning;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LegacyMidiCcOutEvent
{
    internal byte ControlNumber;
    internal sbyte Channel;
    internal sbyte Value;
    internal sbyte Value2;
}
