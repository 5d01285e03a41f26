namespace MidiMuse.Core.Events;

/// <summary>A note event and its conditions as the models' <c>events</c> input reads them: 18 columns of classes.</summary>
public static class EventRow
{
    public const int Columns = NoteEvent.Columns + ConditionVocabulary.Columns;

    /// <summary>Number of classes of each column.</summary>
    public static IReadOnlyList<int> Classes { get; } =
    [
        NoteEventVocabulary.TimeShiftInputs, NoteEventVocabulary.PitchInputs, NoteEventVocabulary.DurationInputs,
        NoteEventVocabulary.VelocityInputs, NoteEventVocabulary.Positions, NoteEventVocabulary.BarPhases,
        NoteEventVocabulary.MeterClasses, NoteEventVocabulary.Roles, NoteEventVocabulary.Keys,
        ConditionVocabulary.Chords, ConditionVocabulary.Styles, ConditionVocabulary.DensityClasses,
        ConditionVocabulary.RegisterClasses, ConditionVocabulary.PolyphonyClasses, ConditionVocabulary.ValenceClasses,
        ConditionVocabulary.EnergyClasses, ConditionVocabulary.SegmentClasses, ConditionVocabulary.BarsLeftClasses,
    ];

    /// <param name="columns">Receives <see cref="Columns"/> classes.</param>
    public static void Write(in NoteEvent note, in ConditionRow conditions, Span<long> columns)
    {
        columns[0] = note.TimeShift;
        columns[1] = note.Pitch;
        columns[2] = note.Duration;
        columns[3] = note.Velocity;
        columns[4] = note.Position;
        columns[5] = note.BarPhase;
        columns[6] = note.Meter;
        columns[7] = note.Role;
        columns[8] = note.Key;
        columns[9] = conditions.Chord;
        columns[10] = conditions.Style;
        columns[11] = conditions.Density;
        columns[12] = conditions.Register;
        columns[13] = conditions.Polyphony;
        columns[14] = conditions.Valence;
        columns[15] = conditions.Energy;
        columns[16] = conditions.Segment;
        columns[17] = conditions.BarsLeft;
    }
}
