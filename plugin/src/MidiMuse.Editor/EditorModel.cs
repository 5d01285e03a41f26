using MidiMuse.Engine;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Editor;

/// <summary>What the editor shows, besides the parameters and the transport. Immutable.</summary>
public sealed record EditorModel
{
    public static readonly EditorModel Empty = new();

    public EngineSnapshot Instance { get; init; } =
        new() { Version = 0, ContentVersion = 0, Phase = EnginePhase.Idle, Guidance = Guidance.SwitchArmOn };

    /// <summary>The host's own name, or empty where it gives none.</summary>
    public string HostName { get; init; } = "";

    public long LateNotes { get; init; }

    public long FallbackBars { get; init; }

    public long RefusedEvents { get; init; }

    /// <summary>Null where it was not measured.</summary>
    public AnswerOriginality? Originality { get; init; }

    /// <summary>What is being played, else what was.</summary>
    public Motif? ShownMotif => Instance.MotifInTheMaking ?? Instance.Motif;

    public bool HasAnswer => !Instance.Answer.IsEmpty;

    /// <summary>Where the answer and what is made ahead of it end, in project ppq.</summary>
    public double EndPpq => !Instance.Tail.IsEmpty ? Instance.Tail[^1].EndPpq : HasAnswer ? Instance.Answer[^1].EndPpq : Instance.Motif?.EndPpq ?? 0;
}
