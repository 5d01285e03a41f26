using MidiMuse.Core.Harmony;

namespace MidiMuse.Core.Events;

/// <summary>
/// What a model may be told about the music at one moment, as classes of <see cref="ConditionVocabulary"/>; 0 and null
/// mean "not given", and any subset may be given.
/// </summary>
public readonly record struct NoteConditions
{
    public static readonly NoteConditions NotGiven;

    /// <summary>The chord of the moment; <see cref="Harmony.Chord.None"/> where nothing is harmonised.</summary>
    public Chord? Chord { get; init; }

    public StyleClass Style { get; init; }

    /// <summary>Onsets in a beat's time: 1..<see cref="ConditionVocabulary.DensityClasses"/>-1.</summary>
    public byte Density { get; init; }

    /// <summary>Mean pitch: 1..<see cref="ConditionVocabulary.RegisterClasses"/>-1.</summary>
    public byte Register { get; init; }

    /// <summary>Voices that sound together: 1..<see cref="ConditionVocabulary.PolyphonyClasses"/>-1.</summary>
    public byte Polyphony { get; init; }

    /// <summary>Dark 1 .. bright 5.</summary>
    public byte Valence { get; init; }

    /// <summary>Calm 1 .. driving 5.</summary>
    public byte Energy { get; init; }

    public SegmentClass Segment { get; init; }

    /// <summary>Class of the bars until the section ends, <see cref="ConditionVocabulary.BarsLeftFrom"/>.</summary>
    public byte BarsLeft { get; init; }

    /// <summary>Nothing is given and the continuation is plain.</summary>
    public bool IsEmpty => this == NotGiven;
}
