using System.Text.Json;
using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;

namespace MidiMuse.Models.Onnx;

/// <summary>
/// What a trained Transformer answers to a small fixed sequence, computed by PyTorch with the weights that the ONNX files
/// hold, and how far the plugin's runtime is from it. Arrays are flat, row-major.
/// </summary>
public sealed record TransformerGolden
{
    public required int Vocabulary { get; init; }

    public required int Steps { get; init; }

    /// <summary>[steps, 18]; nothing came before them.</summary>
    public required byte[] Events { get; init; }

    /// <summary>Choices of the heads, [steps].</summary>
    public required int[] TimeShift { get; init; }

    public required int[] Position { get; init; }

    public required int[] BarPhase { get; init; }

    public required int[] Chord { get; init; }

    public required int[] Pitch { get; init; }

    public required int[] Duration { get; init; }

    /// <summary>[steps, width]</summary>
    public required float[] Context { get; init; }

    /// <summary>[steps, 130]</summary>
    public required float[] TimeLogits { get; init; }

    /// <summary>[steps, 128]</summary>
    public required float[] PitchLogits { get; init; }

    /// <summary>[steps, 72]</summary>
    public required float[] DurationLogits { get; init; }

    /// <summary>[steps, 32]</summary>
    public required float[] VelocityLogits { get; init; }

    /// <exception cref="InvalidDataException">The file is no golden file.</exception>
    public static TransformerGolden Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            int[] Integers(string name) => [.. root.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];
            float[] Floats(string name) => [.. root.GetProperty(name).EnumerateArray().Select(v => v.GetSingle())];
            return new TransformerGolden
            {
                Vocabulary = root.GetProperty("vocabulary").GetInt32(),
                Steps = root.GetProperty("steps").GetInt32(),
                Events = [.. Integers("events").Select(v => (byte)v)],
                TimeShift = Integers("time_shift"),
                Position = Integers("position"),
                BarPhase = Integers("bar_phase"),
                Chord = Integers("chord"),
                Pitch = Integers("pitch"),
                Duration = Integers("duration"),
                Context = Floats("context"),
                TimeLogits = Floats("time_logits"),
                PitchLogits = Floats("pitch_logits"),
                DurationLogits = Floats("duration_logits"),
                VelocityLogits = Floats("velocity_logits"),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is no golden file.", e);
        }
    }

    /// <summary>The largest absolute difference of each output, with all events read at once and one by one.</summary>
    public IReadOnlyDictionary<string, float> Differences(INoteEventModel model)
    {
        var differences = new Dictionary<string, float>();
        using var session = model.CreateSession();
        foreach (var (how, at) in new[] { ("", Steps), (", one event at a time", 1) })
        {
            session.ClearState();
            for (var read = 0; read < Steps; read += at)
            {
                session.Read(NoteEvents().AsSpan(read, at), Conditions().AsSpan(read, at));
                Compare(session, read + at - 1, how, differences);
            }
        }
        return differences;
    }

    private void Compare(NoteEventSession session, int step, string how, Dictionary<string, float> differences)
    {
        void Note(string name, ReadOnlySpan<float> actual, float[] expected)
        {
            var row = expected.AsSpan(step * actual.Length, actual.Length);
            var largest = differences.GetValueOrDefault(name + how);
            for (var i = 0; i < actual.Length; i++)
                largest = Math.Max(largest, float.IsNaN(actual[i]) ? float.PositiveInfinity : Math.Abs(actual[i] - row[i]));
            differences[name + how] = largest;
        }

        Note("time_logits", session.StateTimeLogits, TimeLogits);
        Note("pitch_logits", session.RunPitchHead(TimeShift[step], Position[step], BarPhase[step], Chord[step]), PitchLogits);
        Note("duration_logits", session.RunDurationHead(Pitch[step]), DurationLogits);
        Note("velocity_logits", session.RunVelocityHead(Duration[step]), VelocityLogits);
    }

    private NoteEvent[] NoteEvents() => [.. Rows().Select(r => new NoteEvent(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8]))];

    private ConditionRow[] Conditions() => [.. Rows().Select(r => new ConditionRow(r[9], r[10], r[11], r[12], r[13], r[14], r[15], r[16], r[17]))];

    private IEnumerable<byte[]> Rows() => Events.Chunk(Events.Length / Steps);
}
