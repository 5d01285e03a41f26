namespace MidiMuse.Core.Audio;

/// <summary>A note that was heard in audio.</summary>
/// <param name="OnsetSeconds">From the first sample.</param>
/// <param name="EndSeconds">From the first sample.</param>
/// <param name="Pitch">MIDI, after the line's own tuning.</param>
/// <param name="Cents">How far the note lies from that pitch at 440 Hz.</param>
/// <param name="Velocity">1..127, relative to the loudest note.</param>
/// <param name="Confidence">0..1.</param>
public readonly record struct AudioNote(double OnsetSeconds, double EndSeconds, int Pitch, double Cents, int Velocity, double Confidence);
