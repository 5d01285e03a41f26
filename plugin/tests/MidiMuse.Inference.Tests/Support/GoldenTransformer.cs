using System.Text.Json;
using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Tests.Support;

/// <summary>golden.json of a Transformer: what PyTorch answers to a few events drawn at random. Flat arrays, row-major, [steps, ...].</summary>
internal sealed class GoldenTransformer
{
    /// <summary>ONNX Runtime and PyTorch add in different orders; a wrong table or position is off by far more.</summary>
    private const double Tolerance = 1e-4;

    private readonly JsonElement _root;

    public GoldenTransformer(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));
        _root = document.RootElement.Clone();
        var rows = Values("events").Select(v => (byte)v).Chunk(18).ToArray();
        Events = [.. rows.Select(r => new NoteEvent(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8]))];
        Conditions = [.. rows.Select(r => new ConditionRow(r[9], r[10], r[11], r[12], r[13], r[14], r[15], r[16], r[17]))];
    }

    public NoteEvent[] Events { get; }

    public ConditionRow[] Conditions { get; }

    /// <summary>Compares every head after an event with PyTorch's.</summary>
    public void AssertHeads(NoteEventSession session, int step)
    {
        AssertClose("time_logits", session.StateTimeLogits, step);
        AssertClose("pitch_logits", session.RunPitchHead(Choice("time_shift", step), Choice("position", step), Choice("bar_phase", step), Choice("chord", step)), step);
        AssertClose("duration_logits", session.RunDurationHead(Choice("pitch", step)), step);
        AssertClose("velocity_logits", session.RunVelocityHead(Choice("duration", step)), step);
    }

    private int Choice(string name, int step) => (int)Values(name)[step];

    private double[] Values(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private void AssertClose(string name, ReadOnlySpan<float> actual, int step)
    {
        var expected = Values(name).AsSpan(step * actual.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, $"{name}[{step}, {i}] is {actual[i]} instead of {expected[i]}");
    }
}
