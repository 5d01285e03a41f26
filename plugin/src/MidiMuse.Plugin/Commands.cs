using System.Text.Json;
using System.Text.Json.Serialization;
using MidiMuse.Core.Clips;
using MidiMuse.Engine;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Inference.Devices;

namespace MidiMuse.Plugin;

/// <summary>What a command answers.</summary>
internal sealed record CommandAnswer(bool Ok, string? Error = null, string? Message = null, StatusAnswer? Status = null);

internal sealed record StatusAnswer(string Phase, string? Model, string? Problem, int MotifNotes, int AnswerBars, int AnswerNotes, AudioCounters Counters, DeviceReport? Devices);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommandAnswer))]
internal sealed partial class CommandJson : JsonSerializerContext;

/// <summary>The commands that reach an instance as a line of text: <c>status</c>, <c>save-clip FILE</c>. [main]</summary>
internal static class Commands
{
    public static byte[] Run(EngineInstance engine, string line)
    {
        var words = line.Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
        var answer = words[0] switch
        {
            "status" => new CommandAnswer(true, Status: StatusOf(engine)),
            "save-clip" when words.Length == 2 => SaveClip(engine, words[1]),
            "save-clip" => new CommandAnswer(false, "save-clip needs the path of the file to write."),
            _ => AnswerOf(CommandTable.Run(engine, line)),
        };
        return JsonSerializer.SerializeToUtf8Bytes(answer, CommandJson.Default.CommandAnswer);
    }

    private static CommandAnswer AnswerOf(CommandReply reply) =>
        reply.Ok ? new CommandAnswer(true, Message: reply.Message) : new CommandAnswer(false, reply.Message);

    private static StatusAnswer StatusOf(EngineInstance engine)
    {
        var snapshot = engine.Snapshot();
        return new StatusAnswer(
            snapshot.Phase.ToString(),
            snapshot.ModelIdentity,
            snapshot.Problem,
            snapshot.Motif?.Notes.Length ?? 0,
            snapshot.Answer.Length,
            snapshot.Answer.Sum(bar => bar.Notes.Length),
            engine.Counters,
            snapshot.Devices);
    }

    private static CommandAnswer SaveClip(EngineInstance engine, string path)
    {
        if (AnswerClip.Of(engine.Snapshot()) is not { } clip)
            return new CommandAnswer(false, "There is no answer to save yet.");
        try
        {
            using var stream = File.Create(path);
            ClipWriter.Write(clip, stream);
            return new CommandAnswer(true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return new CommandAnswer(false, exception.Message);
        }
    }
}
