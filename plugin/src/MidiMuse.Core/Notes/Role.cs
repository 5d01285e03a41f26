namespace MidiMuse.Core.Notes;

/// <summary>What a line does in the music. The values are the models' role classes and never change.</summary>
public enum Role
{
    Melody = 0,
    Chords = 1,
    Bass = 2,
    Drums = 3,
    Piano = 4,
    Other = 5,
}
