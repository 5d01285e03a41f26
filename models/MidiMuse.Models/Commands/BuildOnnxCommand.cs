using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using MidiMuse.Core.Events;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;
using MidiMuse.Models.Onnx;

namespace MidiMuse.Models.Commands;

/// <summary>build-onnx: trained weights as the ONNX files and model.json that the plugin loads.</summary>
public static class BuildOnnxCommand
{
    /// <summary>For the CPU's arithmetic with weights of 8 bits. Eight bits move the logits by hundredths; a wrong scale or block moves them by whole nats.</summary>
    public const float QuantisedTolerance = 0.5f;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var weights = new Option<string>("--weights") { Description = "lstm.safetensors or transformer.safetensors; golden.json stands beside it.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder that receives the model.", Required = true };
        var command = new Command("build-onnx", "Builds the ONNX files of trained weights and checks them against golden.json.") { weights, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(weights), parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(string weightsFile, string output)
    {
        var weights = TensorFile.Read(weightsFile);
        var isTransformer = weights.Metadata.ContainsKey("heads");
        Directory.CreateDirectory(output);
        File.Copy(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(weightsFile))!, GoldenFile.Name), Path.Combine(output, GoldenFile.Name), overwrite: true);
        if (isTransformer)
            WriteTransformer(weights, output);
        else
            WriteLstm(weights, output);
        var wrong = Check(output, Device.CpuGraphs, GoldenFile.Tolerance);
        return isTransformer ? wrong + Check(output, Device.Cpu, QuantisedTolerance) : wrong;
    }

    private static int Check(string output, Device device, float tolerance)
    {
        using var model = SharedModel.Acquire(output, device);
        return Report(device, GoldenFile.Read<EventGolden>(output).Differences(model), tolerance);
    }

    private static void WriteLstm(TensorFile weights, string output)
    {
        var graphs = new LstmGraphs(weights);
        var files = WriteFiles(output, graphs.Backbone(), graphs.HeadGraphs);
        Describe(output, new
        {
            format = 1,
            name = "lstm",
            kind = "lstm",
            version = Version(),
            vocabulary = NoteEventVocabulary.Version,
            layers = graphs.Layers,
            hidden = graphs.Hidden,
            context = graphs.Context,
            parameters = weights.ValueCount,
            files,
        });
    }

    private static void WriteTransformer(TensorFile weights, string output)
    {
        var graphs = new TransformerGraphs(weights);
        var files = WriteFiles(output, graphs.Backbone(), graphs.HeadGraphs);
        Describe(output, new
        {
            format = 1,
            name = "transformer",
            kind = "transformer",
            version = Version(),
            vocabulary = NoteEventVocabulary.Version,
            layers = graphs.Layers,
            heads = graphs.Heads,
            context = graphs.Width,
            capacity = graphs.Capacity,
            parameters = weights.ValueCount,
            files,
        });
    }

    /// <summary>Writes the graphs; their SHA-256 by file name.</summary>
    private static Dictionary<string, string> WriteFiles(string output, byte[] backbone, EventHeadGraphs heads)
    {
        var files = new Dictionary<string, byte[]>(heads.Files) { ["backbone.onnx"] = backbone };
        foreach (var (name, bytes) in files)
            File.WriteAllBytes(Path.Combine(output, name), bytes);
        return files.OrderBy(f => f.Key, StringComparer.Ordinal).ToDictionary(f => f.Key, f => Convert.ToHexStringLower(SHA256.HashData(f.Value)));
    }

    private static string Version() => typeof(BuildOnnxCommand).Assembly.GetName().Version!.ToString(3);

    private static void Describe(string output, object description) =>
        File.WriteAllText(Path.Combine(output, ModelFolder.DescriptionFile), JsonSerializer.Serialize(description, Indented) + "\n");

    private static int Report(Device device, IReadOnlyDictionary<string, float> differences, float tolerance)
    {
        var wrong = 0;
        foreach (var (name, difference) in differences)
        {
            Console.WriteLine($"{device,-20} {name,-40} {difference:e2}");
            wrong += difference <= tolerance ? 0 : 1;
        }
        if (wrong > 0)
            Console.Error.WriteLine($"{wrong} outputs differ from {GoldenFile.Name} by more than {tolerance}.");
        return wrong == 0 ? 0 : 1;
    }
}
