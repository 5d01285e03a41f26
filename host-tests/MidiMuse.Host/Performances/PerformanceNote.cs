namespace MidiMuse.Host.Performances;

/// <summary>A note that the host plays into the plugin.</summary>
/// <param name="OnsetPpq">Played position (see TransportScript).</param>
/// <param name="DurationPpq">Quarter notes.</param>
/// <param name="Pitch">0..127.</param>
/// <param name="Velocity">1..127.</param>
/// <param name="Channel">0..15.</param>
public readonly record struct InputNote(double OnsetPpq, double DurationPpq, int Pitch, int Velocity, int Channel = 0);

/// <summary>A parameter automation point.</summary>
/// <param name="AtPpq">Played position.</param>
public readonly record struct AutomationPoint(double AtPpq, string Title, double Normalized);

/// <summary>A note-on or note-off that the plugin emitted.</summary>
/// <param name="Sample">Counted since the start.</param>
/// <param name="PlayedPpq">Quarter notes played.</param>
/// <param name="ProjectPpq">The host's position.</param>
public readonly record struct EmittedEvent(long Sample, double PlayedPpq, double ProjectPpq, bool IsOn, int Channel, int Pitch, int Velocity, int NoteId);

/// <summary>A note that the plugin emitted, on and off paired.</summary>
public readonly record struct EmittedNote(double OnsetPpq, double EndPpq, int Pitch, int Velocity, int Channel, long OnsetSample, long EndSample)
{
    public double DurationPpq => EndPpq - OnsetPpq;
}
