using System.Collections.Immutable;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Engine.Commands;

/// <summary>
/// Something that the player asks of an instance. Immutable; the engine applies it at the transport's position of the
/// moment when it was posted, in order with everything that was played and set. Bars of an answer count from 0 here,
/// from 1 in the words of <see cref="CommandTable"/>.
/// </summary>
public abstract record EngineCommand;

/// <summary>Sets a parameter and tells the host.</summary>
public sealed record SetParameter(uint Id, double Normalised) : EngineCommand;

/// <summary>Sets several parameters and texts in one step that Undo takes back: a preset, plain words.</summary>
/// <param name="Values">Parameter key and plain value; unknown keys are left out.</param>
/// <param name="Texts">Key of <see cref="Parameters.TextTable"/> and text.</param>
public sealed record ApplySettings(string Title, ImmutableArray<KeyValuePair<string, double>> Values, ImmutableArray<KeyValuePair<string, string>> Texts) : EngineCommand;

/// <summary>Sets one of the texts of <see cref="Parameters.TextTable"/>: the chord lane, the form.</summary>
public sealed record SetText(string Key, string Text) : EngineCommand;

/// <summary>Takes the chords of what was played, or is being played, as the progression.</summary>
public sealed record CaptureChords : EngineCommand;

/// <summary>Makes a candidate the answer: from the next bar that is not playing yet, or as a whole where nothing plays.</summary>
public sealed record ChooseCandidate(int Candidate) : EngineCommand;

/// <summary>The next (1) or previous (-1) candidate.</summary>
public sealed record StepCandidate(int Steps) : EngineCommand;

/// <summary>Swaps the answer and the kept one, to hear them one after the other.</summary>
public sealed record Compare : EngineCommand;

/// <summary>Notes that regenerating must leave as they are.</summary>
public sealed record LockNotes(ImmutableArray<NoteRef> Notes, bool IsLocked) : EngineCommand;

/// <summary>All notes of some bars.</summary>
public sealed record LockBars(BarRange Bars, bool IsLocked) : EngineCommand;

/// <summary>Makes bars of the answer anew, past and future kept; all bars where the range is null.</summary>
public sealed record Regenerate(BarRange? Bars) : EngineCommand;

/// <summary>Makes the given notes anew, everything else kept.</summary>
public sealed record RegenerateNotes(ImmutableArray<NoteRef> Notes) : EngineCommand;

/// <summary>Keeps the answer: a favourite of the history, and what Compare compares with.</summary>
public sealed record Accept : EngineCommand;

/// <summary>Throws the answer away; it stays in the history.</summary>
public sealed record Reject : EngineCommand;

public sealed record Undo : EngineCommand;

public sealed record Redo : EngineCommand;

public sealed record MarkFavourite(int HistoryId, bool IsFavourite) : EngineCommand;

/// <summary>Puts an answer of the history back, with its motif and settings.</summary>
public sealed record Recall(int HistoryId) : EngineCommand;

/// <summary>Takes an answer out of the history.</summary>
public sealed record ForgetAnswer(int HistoryId) : EngineCommand;

/// <summary>
/// A motif that was not played: from a clip or from audio. The answer begins at the next bar line; where the
/// transport rests it is made at once and waits there.
/// </summary>
/// <param name="Motif">Positions count from the motif's first bar line at 0.</param>
/// <param name="Audio">How well it was heard, where it comes from audio.</param>
public sealed record LoadMotif(Motif Motif, AudioReport? Audio = null) : EngineCommand;

/// <summary>What was saved or dragged out is a clip now: the instance does not play it as well.</summary>
public sealed record StopAfterCommit : EngineCommand;

/// <summary>Takes that back: the answer is played at its place again.</summary>
public sealed record PlayAgain : EngineCommand;

/// <summary>The next controller that is moved will move this parameter.</summary>
public sealed record LearnController(uint ParameterId) : EngineCommand;

public sealed record CancelLearning : EngineCommand;

public sealed record ForgetController(uint ParameterId) : EngineCommand;

/// <summary>What became of a command.</summary>
/// <param name="Message">Why it did nothing, or what it did where that is not plain; for the player.</param>
public readonly record struct CommandReply(bool Ok, string? Message = null)
{
    public static CommandReply Done { get; } = new(true);

    public static CommandReply Refused(string reason) => new(false, reason);
}
