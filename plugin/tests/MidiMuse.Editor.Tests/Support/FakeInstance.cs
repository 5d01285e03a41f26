using System.Collections.Immutable;
using System.Globalization;
using MidiMuse.Core.Time;
using MidiMuse.Engine;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.History;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Editor.Tests.Support;

/// <summary>An instance as the editor sees one: it holds what it is given and writes down what is done to it.</summary>
internal sealed class FakeInstance : IEditorSource, IEditorActions
{
    private readonly ParameterValues _parameters = new();

    public EditorModel Model { get; set; } = EditorModel.Empty;

    public TransportSnapshot Transport { get; set; } = new() { Meter = Meter.CommonTime, TempoBpm = 120 };

    public List<string> Log { get; } = [];

    public bool HasHostMenu { get; set; }

    public string? ExportPath { get; set; }

    public static EditorModel Answered() => EditorModel.Empty with
    {
        Instance = EditorModel.Empty.Instance with
        {
            Phase = EnginePhase.Answering,
            Guidance = Guidance.Listen,
            ModelIdentity = "lstm 0.1.0 0123456789abcdef",
            Motif = new Motif(0, 8, Meter.CommonTime, [.. Phrase.Parse("c4q e4q g4h a4q g4e f4e e4h")]),
            Answer =
            [
                new AnswerBar(8, 12, BarOrigin.Model, -12, [.. Phrase.Parse("g4q e4q d4h", 8, velocity: 96)]),
                new AnswerBar(12, 16, BarOrigin.Fallback, 0, [.. Phrase.Parse("c4q e4q g4h", 12, velocity: 60)]),
            ],
            Key = new Core.Harmony.Key(0, Core.Harmony.Mode.Major),
        },
    };

    public static EditorModel WithCandidates()
    {
        var answered = Answered();
        var bars = answered.Instance.Answer;
        return answered with
        {
            Instance = answered.Instance with
            {
                Candidates =
                [
                    new Candidate(0, bars, 2, 0.82, 1.4, 0.6, ["likely", "in the key", "new against the motif"]),
                    new Candidate(1, [bars[0] with { Notes = [.. Phrase.Parse("e4q f4q a4h", 8)] }], 2, 0.61, 1.9, 0.8, ["daring", "in the key"]),
                ],
                Locked = [new NoteRef(8, 67)],
                History = [Kept(1, "First", answered.Instance), Kept(2, "Second", answered.Instance)],
                CanUndo = true,
            },
        };
    }

    private static HistoryEntry Kept(int id, string title, EngineSnapshot instance) => new(
        id, title, id == 1, instance.Motif!, instance.Answer, ImmutableSortedDictionary<string, double>.Empty, ImmutableSortedDictionary<string, string>.Empty, null, 0);

    public bool TryReadTransport(out TransportSnapshot transport)
    {
        transport = Transport;
        return true;
    }

    public double Parameter(uint id) => _parameters.Normalised(id);

    public void SetByHost(uint id, double normalised) => _parameters.Set(id, normalised);

    public void BeginEdit(uint id) => Log.Add($"begin {Key(id)}");

    public void PerformEdit(uint id, double normalised)
    {
        _parameters.Set(id, normalised);
        Log.Add(string.Create(CultureInfo.InvariantCulture, $"set {Key(id)} {ParameterTable.Find(id)!.ToText(normalised)}"));
    }

    public void EndEdit(uint id) => Log.Add($"end {Key(id)}");

    public void ShowHostMenu(uint id, int x, int y) => Log.Add($"host menu {Key(id)}");

    public void Audition(AuditionedNote note) => Sounds.Add($"{note.Pitch} at {note.Velocity} on {note.Channel}");

    public void EndAudition() => Sounds.Add("end");

    /// <summary>What was auditioned.</summary>
    public List<string> Sounds { get; } = [];

    public List<string> Presets { get; } = [];

    public IReadOnlyList<string> PresetNames() => Presets;

    public void LoadPreset(string name) => Log.Add($"load {name}");

    public string SavePreset(string name)
    {
        Presets.Add(name);
        return $"Preset {name} is saved.";
    }

    public void Post(EngineCommand command) => Log.Add(command.ToString());

    public string? ExportAnswer() => ExportPath;

    public string Reply { get; set; } = "";

    public bool CanSay { get; set; } = true;

    public void Say(string words) => Log.Add($"say {words}");

    public string SaveAnswer(string path)
    {
        Log.Add($"save {path}");
        return $"Saved as {path}.";
    }

    public string Proposal { get; set; } = "/tmp/answer.mid";

    public string ProposeFile() => Proposal;

    /// <summary>The window's side of a drag, where there is a window.</summary>
    public Action<string>? FileDragBegan { get; set; }

    public void BeginFileDrag(string path)
    {
        Log.Add($"drag {path}");
        FileDragBegan?.Invoke(path);
    }

    private static string Key(uint id) => ParameterTable.Find(id)!.Key;
}
