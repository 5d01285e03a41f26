using System.Runtime.InteropServices;

namespace MidiMuse.Core.Events;

/// <summary>
/// Conditions as classes of <see cref="ConditionVocabulary"/>: nine bytes that follow those of <see cref="NoteEvent"/> in
/// the training shards and in the <c>events</c> input of models.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct ConditionRow(
    byte Chord,
    byte Style,
    byte Density,
    byte Register,
    byte Polyphony,
    byte Valence,
    byte Energy,
    byte Segment,
    byte BarsLeft)
{
    public static ConditionRow Of(in NoteConditions conditions) => new(
        (byte)Harmony.Chord.ClassOf(conditions.Chord),
        (byte)conditions.Style,
        conditions.Density,
        conditions.Register,
        conditions.Polyphony,
        conditions.Valence,
        conditions.Energy,
        (byte)conditions.Segment,
        conditions.BarsLeft);
}
