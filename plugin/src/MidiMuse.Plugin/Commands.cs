using System.Text.Json;
using System.Text.Json.Serialization;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Engine;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Inference.Devices;

namespace MidiMuse.Plugin;

/// <summary>What a command answers.</summary>
internal sealed record CommandAnswer(bool Ok, string? Error = null, string? Message = null, StatusAnswer? Status = null);

internal sealed record StatusAnswer(
    string Phase,
    string Guidance,
    string? Model,
    string? Problem,
    int MotifNotes,
    int AnswerBars,
    int AnswerNotes,
    int CurrentCandidate,
    CandidateAnswer[] Candidates,
    HistoryAnswer[] History,
    string[] Locked,
    bool IsMuted,
    bool CanUndo,
    bool CanRedo,
    AudioCounters Counters,
    DeviceReport? Devices,
    string? Role,
    string? Key,
    IReadOnlyDictionary<string, string> Texts,
    AudioReport? Audio);

/// <param name="Candidate">Counted from 1, as commands do.</param>
internal sealed record CandidateAnswer(int Candidate, int Bars, double Score, double NatsPerNote, double Novelty, string[] Reasons);

internal sealed record HistoryAnswer(int Id, string Title, bool IsFavourite);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommandAnswer))]
internal sealed partial class CommandJson : JsonSerializerContext;

/// <summary>The commands that reach an instance as a line of text: <c>status</c>, and those of CommandTable. [main]</summary>
internal static class Commands
{
    public static byte[] Run(EngineInstance engine, string line)
    {
        var answer = line.Trim() == "status" ? new CommandAnswer(true, Status: StatusOf(engine)) : AnswerOf(CommandTable.Run(engine, line));
        return JsonSerializer.SerializeToUtf8Bytes(answer, CommandJson.Default.CommandAnswer);
    }

    private static CommandAnswer AnswerOf(CommandReply reply) =>
        reply.Ok ? new CommandAnswer(true, Message: reply.Message) : new CommandAnswer(false, reply.Message);

    private static StatusAnswer StatusOf(EngineInstance engine)
    {
        var snapshot = engine.Snapshot();
        return new StatusAnswer(
            snapshot.Phase.ToString(),
            snapshot.Guidance.ToString(),
            snapshot.ModelIdentity,
            snapshot.Problem,
            snapshot.Motif?.Notes.Length ?? 0,
            snapshot.Answer.Length,
            snapshot.Answer.Sum(bar => bar.Notes.Length),
            snapshot.CurrentCandidate + 1,
            [.. snapshot.Candidates.Select(candidate => new CandidateAnswer(candidate.Index + 1, candidate.Bars.Length, candidate.Score, candidate.NatsPerNote, candidate.Novelty, [.. candidate.Reasons]))],
            [.. snapshot.History.Select(entry => new HistoryAnswer(entry.Id, entry.Title, entry.IsFavourite))],
            [.. snapshot.Locked.Select(note => note.ToString())],
            snapshot.IsMuted,
            snapshot.CanUndo,
            snapshot.CanRedo,
            engine.Counters,
            snapshot.Devices,
            snapshot.Role?.ToString(),
            snapshot.Key is { } key ? $"{PitchName.OfClass(key.TonicPitchClass)} {(key.Mode == Mode.Major ? "major" : "minor")}" : null,
            snapshot.Texts,
            snapshot.Audio);
    }
}
