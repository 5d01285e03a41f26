using System.Runtime.InteropServices;
using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;

namespace MidiMuse.Models.Onnx;

/// <summary>
/// What a trained model of note events answers to a small fixed sequence, and how far the plugin's runtime is from it.
/// Arrays are flat, row-major.
/// </summary>
public sealed record EventGolden
{
    public required int Vocabulary { get; init; }

    public required int Steps { get; init; }

    /// <summary>[steps, 18]; nothing came before them.</summary>
    public required int[] Events { get; init; }

    /// <summary>Choices of the heads, [steps].</summary>
    public required int[] TimeShift { get; init; }

    public required int[] Position { get; init; }

    public required int[] BarPhase { get; init; }

    public required int[] Chord { get; init; }

    public required int[] Pitch { get; init; }

    public required int[] Duration { get; init; }

    /// <summary>[steps, 130]</summary>
    public required float[] TimeLogits { get; init; }

    /// <summary>[steps, 128]</summary>
    public required float[] PitchLogits { get; init; }

    /// <summary>[steps, 72]</summary>
    public required float[] DurationLogits { get; init; }

    /// <summary>[steps, 32]</summary>
    public required float[] VelocityLogits { get; init; }

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
            var difference = GoldenFile.LargestDifference(actual, expected.AsSpan(step * actual.Length, actual.Length));
            differences[name + how] = Math.Max(difference, differences.GetValueOrDefault(name + how));
        }

        Note("time_logits", session.StateTimeLogits, TimeLogits);
        Note("pitch_logits", session.RunPitchHead(TimeShift[step], Position[step], BarPhase[step], Chord[step]), PitchLogits);
        Note("duration_logits", session.RunDurationHead(Pitch[step]), DurationLogits);
        Note("velocity_logits", session.RunVelocityHead(Duration[step]), VelocityLogits);
    }

    private NoteEvent[] NoteEvents() => [.. Rows().Select(r => MemoryMarshal.Read<NoteEvent>(r))];

    private ConditionRow[] Conditions() => [.. Rows().Select(r => MemoryMarshal.Read<ConditionRow>(r.AsSpan(NoteEvent.Columns)))];

    private IEnumerable<byte[]> Rows() => Events.Select(c => (byte)c).Chunk(EventRow.Columns);
}
