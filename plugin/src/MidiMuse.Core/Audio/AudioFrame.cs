namespace MidiMuse.Core.Audio;

/// <summary>What is known of one moment of audio.</summary>
/// <param name="LevelDb">Root mean square of 20 ms, 0 = full scale.</param>
/// <param name="Onset">Growth of the spectrum, <see cref="OnsetAnalysis"/>.</param>
internal readonly record struct AudioFrame(float LevelDb, float Onset, PitchCandidates Pitch);
