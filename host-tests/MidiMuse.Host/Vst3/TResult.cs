namespace MidiMuse.Host.Vst3;

/// <summary>Result codes. Source: pluginterfaces/base/funknown.h (SDK 3.7.2); COM's values on Windows.</summary>
internal static class TResult
{
    internal const int Ok = 0;
    internal const int False = 1;

    internal static readonly int NoInterface = OperatingSystem.IsWindows() ? unchecked((int)0x80004002) : -1;
    internal static readonly int InvalidArgument = OperatingSystem.IsWindows() ? unchecked((int)0x80070057) : 2;
    internal static readonly int NotImplemented = OperatingSystem.IsWindows() ? unchecked((int)0x80004001) : 3;
    internal static readonly int InternalError = OperatingSystem.IsWindows() ? unchecked((int)0x80004005) : 4;
    internal static readonly int OutOfMemory = OperatingSystem.IsWindows() ? unchecked((int)0x8007000E) : 6;

    internal static int FromBool(bool value) => value ? Ok : False;
}
