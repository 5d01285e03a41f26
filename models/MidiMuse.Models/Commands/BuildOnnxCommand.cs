using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using MidiMuse.Core.Events;
using MidiMuse.Models.Onnx;

namespace MidiMuse.Models.Commands;

/// <summary>build-onnx: trained weights as the ONNX files and model.json that the plugin loads.</summary>
public static class BuildOnnxCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var weights = new Option<string>("--weights") { Description = "lstm.safetensors; golden.json stands beside it.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder that receives the model.", Required = true };
        var command = new Command("build-onnx", "Builds the ONNX files of trained weights and checks them against golden.json.") { weights, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(weights), parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(string weightsFile, string output)
    {
        var weights = TensorFile.Read(weightsFile);
        var graphs = new LstmGraphs(weights);
        Directory.CreateDirectory(output);
        var files = new Dictionary<string, byte[]>
        {
            ["backbone.onnx"] = graphs.Backbone(),
            ["pitch.onnx"] = graphs.Pitch(),
            ["duration.onnx"] = graphs.Duration(),
            ["velocity.onnx"] = graphs.Velocity(),
        };
        foreach (var (name, bytes) in files)
            File.WriteAllBytes(Path.Combine(output, name), bytes);
        File.Copy(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(weightsFile))!, "golden.json"), Path.Combine(output, "golden.json"), overwrite: true);
        File.WriteAllText(Path.Combine(output, "model.json"), ModelJson(weights, graphs, files) + "\n");
        return Check(output);
    }

    private static string ModelJson(TensorFile weights, LstmGraphs graphs, Dictionary<string, byte[]> files) =>
        JsonSerializer.Serialize(
            new
            {
                format = 1,
                name = "lstm",
                kind = "lstm",
                version = typeof(BuildOnnxCommand).Assembly.GetName().Version!.ToString(3),
                vocabulary = NoteEventVocabulary.Version,
                layers = graphs.Layers,
                hidden = graphs.Hidden,
                context = graphs.Context,
                parameters = weights.ValueCount,
                files = files.ToDictionary(f => f.Key, f => Convert.ToHexStringLower(SHA256.HashData(f.Value))),
            },
            Indented);

    private static int Check(string output)
    {
        using var sessions = new LstmSessions(output);
        var wrong = 0;
        foreach (var (name, difference) in GoldenCheck.Differences(sessions, GoldenFile.Read(Path.Combine(output, "golden.json"))))
        {
            Console.WriteLine($"{name,-30} {difference:e2}");
            wrong += difference <= GoldenCheck.Tolerance ? 0 : 1;
        }
        if (wrong > 0)
            Console.Error.WriteLine($"{wrong} outputs differ from golden.json by more than {GoldenCheck.Tolerance}.");
        return wrong == 0 ? 0 : 1;
    }
}
