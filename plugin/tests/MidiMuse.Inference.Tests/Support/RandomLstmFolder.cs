using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MidiMuse.Core.Events;

namespace MidiMuse.Inference.Tests.Support;

/// <summary>A model folder in a temporary directory, with the graphs of a <see cref="RandomLstm"/>.</summary>
internal sealed class RandomLstmFolder : IDisposable
{
    public RandomLstmFolder(RandomLstm weights)
    {
        Weights = weights;
        Path = Directory.CreateTempSubdirectory("midimuse-lstm-").FullName;
        Write("backbone.onnx", Backbone(weights));
        Write("pitch.onnx", Pitch(weights));
        Write("duration.onnx", Head(weights, "pitch_context", "pitch", "duration", weights.DurationEmbedding, NoteEventVocabulary.PitchTargets, weights.DurationWeights, NoteEventVocabulary.DurationTargets));
        Write("velocity.onnx", Head(weights, "duration_context", "duration", "velocity", weights.VelocityEmbedding, NoteEventVocabulary.DurationTargets, weights.VelocityWeights, NoteEventVocabulary.VelocityTargets));
        Describe(_ => { });
    }

    public RandomLstm Weights { get; }

    public string Path { get; }

    public void Write(string file, byte[] content) => File.WriteAllBytes(System.IO.Path.Combine(Path, file), content);

    /// <summary>Writes model.json for the files that are there, after a change.</summary>
    public void Describe(Action<JsonObject> change)
    {
        var files = new JsonObject();
        foreach (var file in Directory.GetFiles(Path, "*.onnx").Order(StringComparer.Ordinal))
            files[System.IO.Path.GetFileName(file)] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        var description = new JsonObject
        {
            ["format"] = 1,
            ["name"] = "random",
            ["kind"] = "lstm",
            ["version"] = "0.0.1",
            ["vocabulary"] = NoteEventVocabulary.Version,
            ["layers"] = Weights.Layers,
            ["hidden"] = Weights.Hidden,
            ["context"] = Weights.Hidden,
            ["parameters"] = 1,
            ["files"] = files,
        };
        change(description);
        File.WriteAllText(System.IO.Path.Combine(Path, "model.json"), description.ToJsonString(JsonSerializerOptions.Default));
    }

    /// <summary>The velocity head with the embedding of the first durations only: a run fails with any other.</summary>
    public static byte[] VelocityOfFirstDurations(RandomLstm weights, int durations) =>
        Head(weights, "duration_context", "duration", "velocity", weights.VelocityEmbedding[..(durations * weights.Hidden)], durations, weights.VelocityWeights, NoteEventVocabulary.VelocityTargets);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static byte[] Backbone(RandomLstm weights)
    {
        var (layers, hidden) = (weights.Layers, weights.Hidden);
        var onnx = new OnnxWriter()
            .Input("events", false, "steps", "batch", EventRow.Columns)
            .Input("h", true, layers, "batch", hidden)
            .Input("c", true, layers, "batch", hidden)
            .Output("context", "steps", "batch", hidden)
            .Output("time_logits", "steps", "batch", NoteEventVocabulary.TimeShiftTargets)
            .Output("h_out", layers, "batch", hidden)
            .Output("c_out", layers, "batch", hidden);
        var x = SumOfEmbeddings(onnx, weights);
        for (var layer = 0; layer < layers; layer++)
            x = Layer(onnx, weights, layer, x);
        return onnx
            .Node("Identity", [x], ["context"])
            .Weights("time_weights", weights.TimeWeights, hidden, NoteEventVocabulary.TimeShiftTargets)
            .Node("MatMul", [x, "time_weights"], ["time_logits"])
            .Node("Concat", [.. Enumerable.Range(0, layers).Select(layer => $"h_out_{layer}")], ["h_out"], ("axis", 0))
            .Node("Concat", [.. Enumerable.Range(0, layers).Select(layer => $"c_out_{layer}")], ["c_out"], ("axis", 0))
            .ToArray();
    }

    private static string SumOfEmbeddings(OnnxWriter onnx, RandomLstm weights)
    {
        for (var column = 0; column < EventRow.Columns; column++)
        {
            onnx.Integers($"column_{column}", [column])
                .Weights($"embedding_{column}", weights.Embeddings[column], EventRow.Classes[column], weights.Hidden)
                .Node("Gather", ["events", $"column_{column}"], [$"classes_{column}"], ("axis", 2))
                .Node("Gather", [$"embedding_{column}", $"classes_{column}"], [$"embedded_{column}"], ("axis", 0));
        }
        onnx.Node("Sum", [.. Enumerable.Range(0, EventRow.Columns).Select(column => $"embedded_{column}")], ["embedded"]);
        return "embedded";
    }

    private static string Layer(OnnxWriter onnx, RandomLstm weights, int layer, string input)
    {
        var hidden = weights.Hidden;
        onnx.Weights($"w_{layer}", weights.InputWeights[layer], 1, 4 * hidden, hidden)
            .Weights($"r_{layer}", weights.RecurrentWeights[layer], 1, 4 * hidden, hidden)
            .Weights($"b_{layer}", weights.Biases[layer], 1, 8 * hidden)
            .Integers($"layer_{layer}", [layer], 1)
            .Integers($"directions_{layer}", [1], 1)
            .Node("Gather", ["h", $"layer_{layer}"], [$"h_{layer}"], ("axis", 0))
            .Node("Gather", ["c", $"layer_{layer}"], [$"c_{layer}"], ("axis", 0))
            .Node("LSTM", [input, $"w_{layer}", $"r_{layer}", $"b_{layer}", "", $"h_{layer}", $"c_{layer}"], [$"y_{layer}", $"h_out_{layer}", $"c_out_{layer}"], ("hidden_size", hidden))
            .Node("Squeeze", [$"y_{layer}", $"directions_{layer}"], [$"x_{layer}"]);
        return $"x_{layer}";
    }

    private static byte[] Pitch(RandomLstm weights)
    {
        var hidden = weights.Hidden;
        return new OnnxWriter()
            .Input("context", true, "n", hidden)
            .Input("time_shift", false, "n")
            .Input("position", false, "n")
            .Input("bar_phase", false, "n")
            .Input("chord", false, "n")
            .Output("pitch_logits", "n", NoteEventVocabulary.PitchTargets)
            .Output("pitch_context", "n", hidden)
            .Weights("times", weights.PitchTimeEmbedding, NoteEventVocabulary.TimeShiftTargets, hidden)
            .Weights("positions", weights.PitchPositionEmbedding, NoteEventVocabulary.Positions, hidden)
            .Weights("phases", weights.PitchPhaseEmbedding, NoteEventVocabulary.BarPhases, hidden)
            .Weights("chords", weights.PitchChordEmbedding, ConditionVocabulary.Chords, hidden)
            .Weights("pitch_weights", weights.PitchWeights, hidden, NoteEventVocabulary.PitchTargets)
            .Node("Gather", ["times", "time_shift"], ["time"])
            .Node("Gather", ["positions", "position"], ["place"])
            .Node("Gather", ["phases", "bar_phase"], ["phase"])
            .Node("Gather", ["chords", "chord"], ["harmony"])
            .Node("Sum", ["context", "time", "place", "phase", "harmony"], ["sum"])
            .Node("Tanh", ["sum"], ["pitch_context"])
            .Node("MatMul", ["pitch_context", "pitch_weights"], ["pitch_logits"])
            .ToArray();
    }

    private static byte[] Head(RandomLstm weights, string input, string choice, string head, float[] embedding, int choices, float[] output, int classes)
    {
        var onnx = new OnnxWriter()
            .Input(input, true, "n", weights.Hidden)
            .Input(choice, false, "n")
            .Output($"{head}_logits", "n", classes);
        if (head == "duration")
            onnx.Output("duration_context", "n", weights.Hidden);
        return onnx
            .Weights("embedding", embedding, choices, weights.Hidden)
            .Weights("weights", output, weights.Hidden, classes)
            .Node("Gather", ["embedding", choice], ["chosen"])
            .Node("Add", [input, "chosen"], ["sum"])
            .Node("Tanh", ["sum"], [$"{head}_context"])
            .Node("MatMul", [$"{head}_context", "weights"], [$"{head}_logits"])
            .ToArray();
    }
}
