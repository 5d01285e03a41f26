using System.Runtime.InteropServices;
using System.Text.Json;
using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Tests.Support;

/// <summary>golden.json of a model of note events: what PyTorch answers to a few events drawn at random. Flat arrays, row-major, [steps, ...].</summary>
internal sealed class GoldenAnswers
{
    /// <summary>ONNX Runtime and PyTorch add in different orders; a wrong table or position is off by far more.</summary>
    public const double Tolerance = 1e-4;

    private readonly JsonElement _root;

    public GoldenAnswers(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));
        _root = document.RootElement.Clone();
        var rows = Values("events").Select(v => (byte)v).Chunk(EventRow.Columns).ToArray();
        Events = [.. rows.Select(r => MemoryMarshal.Read<NoteEvent>(r))];
        Conditions = [.. rows.Select(r => MemoryMarshal.Read<ConditionRow>(r.AsSpan(NoteEvent.Columns)))];
    }

    public NoteEvent[] Events { get; }

    public ConditionRow[] Conditions { get; }

    /// <summary>Reads all events, so many at once, and compares every head after each reading with PyTorch's.</summary>
    public void AssertSession(NoteEventSession session, int eventsAtOnce, double tolerance = Tolerance)
    {
        session.ClearState();
        for (var step = 0; step < Events.Length; step += eventsAtOnce)
        {
            session.Read(Events.AsSpan(step, eventsAtOnce), Conditions.AsSpan(step, eventsAtOnce));
            AssertHeads(session, step + eventsAtOnce - 1, tolerance);
        }
    }

    /// <summary>Compares every head after an event with PyTorch's.</summary>
    private void AssertHeads(NoteEventSession session, int step, double tolerance)
    {
        AssertClose("time_logits", session.StateTimeLogits, step, tolerance);
        AssertClose("pitch_logits", session.RunPitchHead(Choice("time_shift", step), Choice("position", step), Choice("bar_phase", step), Choice("chord", step)), step, tolerance);
        AssertClose("duration_logits", session.RunDurationHead(Choice("pitch", step)), step, tolerance);
        AssertClose("velocity_logits", session.RunVelocityHead(Choice("duration", step)), step, tolerance);
    }

    private int Choice(string name, int step) => (int)Values(name)[step];

    private double[] Values(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private void AssertClose(string name, ReadOnlySpan<float> actual, int step, double tolerance)
    {
        var expected = Values(name).AsSpan(step * actual.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{name}[{step}, {i}] is {actual[i]} instead of {expected[i]}");
    }
}
