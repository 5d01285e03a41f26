namespace MidiMuse.Inference.Steering;

/// <summary>What is known of the next note of a bar before it is drawn. Ticks are grid ticks of the phrase.</summary>
public readonly record struct NextNote
{
    public required long StartTick { get; init; }

    public required long EndTick { get; init; }

    /// <summary>Onset of the note before, in this bar or an earlier one; long.MinValue where there is none.</summary>
    public long LastOnsetTick { get; init; }

    /// <summary>Pitch of the note before; of a chord its highest. -1 where there is none.</summary>
    public int LastPitch { get; init; }

    /// <summary>Different onsets in this bar so far.</summary>
    public int OnsetsInBar { get; init; }

    /// <summary>Notes at <see cref="LastOnsetTick"/> so far.</summary>
    public int NotesAtOnset { get; init; }

    /// <summary>Known once the time is drawn.</summary>
    public long OnsetTick { get; init; }

    /// <summary>Known once the pitch is drawn.</summary>
    public int Pitch { get; init; }

    /// <summary>Whether the note joins the chord of the note before.</summary>
    public bool JoinsChord => OnsetTick == LastOnsetTick;
}
