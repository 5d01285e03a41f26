namespace MidiMuse.Engine.Link;

/// <summary>Where samples of the audio input lie; mm_audio_anchor of midimuse_abi.h.</summary>
/// <param name="Count">Samples.</param>
/// <param name="TimelinePpq">Of the first one.</param>
public readonly record struct AudioChunk(int Count, double TimelinePpq, double PpqPerSample, double SampleRateHz, uint Epoch);
