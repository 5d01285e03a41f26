using System.Collections.Immutable;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.History;
using MidiMuse.Engine.Midi;
using MidiMuse.Engine.Planning;
using MidiMuse.Inference.Devices;

namespace MidiMuse.Engine;

/// <summary>What the player can do next; the editor has a line for each.</summary>
public enum Guidance
{
    /// <summary>Nothing can be answered: see <see cref="EngineSnapshot.Problem"/>.</summary>
    NoModel,
    Bypassed,
    SwitchArmOn,
    StartTransport,
    PlayMotif,

    /// <summary>The motif is being played; the answer comes at its end.</summary>
    GoOnPlaying,
    Listen,

    /// <summary>An answer is there: hear it again, choose, drag it out.</summary>
    TakeAnswer,
}

/// <summary>
/// An instance at one moment, in project positions. Immutable and never waited for: the engine publishes a new one
/// when something has changed. The moving parts, position and counters, are read beside it
/// (<see cref="IEngineControl.TryReadTransport"/>, <see cref="IEngineControl.Counters"/>).
/// </summary>
public sealed record EngineSnapshot
{
    /// <summary>Grows with every change that can be seen: two snapshots of one version are the same.</summary>
    public required long Version { get; init; }

    /// <summary>Grows with every change of what a state keeps, parameters apart.</summary>
    public required long ContentVersion { get; init; }

    public required EnginePhase Phase { get; init; }

    public required Guidance Guidance { get; init; }

    /// <summary>The motif that is answered.</summary>
    public Motif? Motif { get; init; }

    /// <summary>How well the last sung motif was heard; null before there was one.</summary>
    public AudioReport? Audio { get; init; }

    /// <summary>While a motif is played, what has been heard of it; else null.</summary>
    public Motif? MotifInTheMaking { get; init; }

    /// <summary>Bars that are decided: they sound as they are, unless a command changes them before their time.</summary>
    public ImmutableArray<AnswerBar> Answer { get; init; } = [];

    /// <summary>Bars after them that are made ahead and may still change.</summary>
    public ImmutableArray<AnswerBar> Tail { get; init; } = [];

    /// <summary>In order of index; empty where there is only the one answer.</summary>
    public ImmutableArray<Candidate> Candidates { get; init; } = [];

    /// <summary>Index of the candidate that the answer goes on with.</summary>
    public int CurrentCandidate { get; init; }

    /// <summary>What Compare compares with, null before something was accepted.</summary>
    public ImmutableArray<AnswerBar>? Kept { get; init; }

    /// <summary>True while the kept answer stands in for the other one.</summary>
    public bool IsComparing { get; init; }

    public ImmutableArray<NoteRef> Locked { get; init; } = [];

    /// <summary>Bars that are being made anew.</summary>
    public ImmutableArray<int> BarsInTheMaking { get; init; } = [];

    /// <summary>The answer was taken as a clip and is not played here as well.</summary>
    public bool IsMuted { get; init; }

    /// <summary>How often the answer was made anew, as a whole and in parts.</summary>
    public (int Takes, int Edits) Redone { get; init; }

    /// <summary>The host's tempo along the project, as far as it was met.</summary>
    public ImmutableArray<TempoPoint> Tempos { get; init; } = [];

    /// <summary>The latest last.</summary>
    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    public bool CanUndo { get; init; }

    public bool CanRedo { get; init; }

    /// <summary>Texts by the keys of <see cref="Parameters.TextTable"/>, such as the chord lane.</summary>
    public ImmutableSortedDictionary<string, string> Texts { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableArray<ControllerMapping> Controllers { get; init; } = [];

    /// <summary>The parameter that the next controller will move, or null.</summary>
    public uint? Learning { get; init; }

    /// <summary>The key that the answer is made in, found or set; null where there is none.</summary>
    public Key? Key { get; init; }

    public Role? Role { get; init; }

    /// <summary>The progression that the answer follows, typed or heard; it begins with the answer and repeats. Null where there is none.</summary>
    public ChordLane? Chords { get; init; }

    /// <summary>Name and hash of the weights, or null without a model.</summary>
    public string? ModelIdentity { get; init; }

    /// <summary>Where the model runs, such as "CPU".</summary>
    public string? Device => Devices?.Device;

    /// <summary>Why it runs there and what was measured; null without a model.</summary>
    public DeviceReport? Devices { get; init; }

    /// <summary>Milliseconds that the model took for a note of the last bar; 0 before the first.</summary>
    public double NoteMilliseconds { get; init; }

    /// <summary>Why something does not work, in words for the player, or null.</summary>
    public string? Problem { get; init; }
}
