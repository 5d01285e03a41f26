namespace MidiMuse.Core.Tests.Audio;

/// <summary>A note that is to be sung: what the transcription must find.</summary>
/// <param name="Pitch">MIDI, whole.</param>
/// <param name="Velocity">1..127.</param>
internal readonly record struct SungNote(double OnsetSeconds, double EndSeconds, int Pitch, int Velocity = 96);
