namespace MidiMuse.Core.Events;

/// <summary>What models choose of a note event, in the order in which they choose it.</summary>
public enum NoteAspect
{
    Time = 0,
    Pitch = 1,
    Duration = 2,
    Velocity = 3,
}
