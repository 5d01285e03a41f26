using MidiMuse.Engine.Answers;

namespace MidiMuse.Editor.PianoRoll;

internal enum NoteLayer
{
    Motif,

    /// <summary>Decided: it sounds as it is.</summary>
    Answer,

    /// <summary>May still change.</summary>
    Tail,

    /// <summary>Made without the model.</summary>
    Fallback,

    /// <summary>Of a candidate that is not the answer.</summary>
    Candidate,
}

/// <summary>A note as the piano roll draws it.</summary>
internal readonly record struct RollNote(double OnsetPpq, double EndPpq, byte Pitch, byte Velocity, byte Channel, NoteLayer Layer, bool IsLocked = false, bool IsSelected = false)
{
    public bool IsAnswer => Layer is NoteLayer.Answer or NoteLayer.Fallback;

    public NoteRef Ref => new(OnsetPpq, Pitch);

    public static RollNote Of(in TimelineNote note, NoteLayer layer) => new(note.OnsetPpq, note.EndPpq, note.Pitch, note.Velocity, note.Channel, layer);
}
