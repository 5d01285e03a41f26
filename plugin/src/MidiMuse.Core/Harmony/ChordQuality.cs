namespace MidiMuse.Core.Harmony;

/// <summary>
/// The closed list of chord qualities that the models know. The values are part of the models' chord classes
/// (<see cref="Chord.ModelClass"/>) and never change. Ninths, elevenths and thirteenths belong to the quality of
/// their seventh chord; <see cref="Chord.PitchClasses"/> keeps them.
/// </summary>
public enum ChordQuality
{
    Major = 0,
    Minor = 1,
    Dominant = 2,
    MajorSeventh = 3,
    MinorSeventh = 4,
    HalfDiminished = 5,
    Diminished = 6,
    DiminishedSeventh = 7,
    Augmented = 8,
    SuspendedFourth = 9,
    SuspendedSecond = 10,
    Power = 11,
    Sixth = 12,
    MinorSixth = 13,
    MinorMajorSeventh = 14,
    AugmentedSeventh = 15,
    SuspendedSeventh = 16,
}
