using System.Runtime.InteropServices;

namespace MidiMuse.Core.Events;

/// <summary>
/// One step of every model: a note and what is known where it begins, as classes of
/// <see cref="NoteEventVocabulary"/>. Nine bytes, in the column order of the training shards and of the models'
/// <c>events</c> input.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct NoteEvent(
    byte TimeShift,
    byte Pitch,
    byte Duration,
    byte Velocity,
    byte Position,
    byte BarPhase,
    byte Meter,
    byte Role,
    byte Key)
{
    public const int Columns = 9;
}
