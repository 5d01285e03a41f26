namespace MidiMuse.Core.Audio;

/// <summary>Whatever the host's rate, audio is analysed at one: the same voice gives the same notes.</summary>
internal static class AnalysisFormat
{
    public const double SampleRateHz = 16000;

    /// <summary>Samples between frames: 8 ms.</summary>
    public const int HopSamples = 128;

    public const double FrameSeconds = HopSamples / SampleRateHz;
}
