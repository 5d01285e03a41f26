using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Models;
using MidiMuse.Models.Onnx;
using MidiMuse.Models.Patterns;

namespace MidiMuse.Models.Commands;

/// <summary>build-pattern-onnx: trained weights of a VAE or a GAN as the ONNX files and model.json that the plugin loads.</summary>
public static class BuildPatternOnnxCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var weights = new Option<string>("--weights") { Description = "vae.safetensors or gan.safetensors; golden.json stands beside it.", Required = true };
        var vae = new Option<string?>("--vae") { Description = "For a GAN: folder of the VAE whose latents it was trained on." };
        var output = new Option<string>("--out") { Description = "Folder that receives the model.", Required = true };
        var command = new Command("build-pattern-onnx", "Builds the ONNX files of a VAE or a GAN and checks them against golden.json.") { weights, vae, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(weights), parsed.GetValue(vae), parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(string weightsFile, string? vaeFolder, string output)
    {
        var weights = TensorFile.Read(weightsFile);
        Directory.CreateDirectory(output);
        var isGan = Path.GetFileName(weightsFile).StartsWith("gan", StringComparison.Ordinal);
        if (isGan && vaeFolder is null)
            throw new ArgumentException("A GAN is built with --vae.");
        var model = isGan ? Gan(weights, vaeFolder!, output) : Vae(weights, output);
        File.WriteAllText(Path.Combine(output, "model.json"), model.ToJsonString(Indented) + "\n");
        File.Copy(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(weightsFile))!, "golden.json"), Path.Combine(output, "golden.json"), overwrite: true);
        return Check(isGan ? PatternGoldenCheck.Gan(output) : PatternGoldenCheck.Vae(output));
    }

    private static JsonObject Vae(TensorFile weights, string output)
    {
        var graphs = new VaeGraphs(weights);
        var model = Description("vae", weights, output, ("encoder.onnx", graphs.Encoder()), ("decoder.onnx", graphs.Decoder()));
        model["latent"] = graphs.Latent;
        return model;
    }

    private static JsonObject Gan(TensorFile weights, string vaeFolder, string output)
    {
        var graphs = new GanGraphs(weights);
        var model = Description("gan", weights, output, ("generator.onnx", graphs.Generator()));
        model["latent"] = graphs.Latent;
        model["noise"] = graphs.Noise;
        model["latentsOf"] = ModelFolder.Open(vaeFolder).Hash;
        return model;
    }

    private static JsonObject Description(string kind, TensorFile weights, string output, params (string Name, byte[] Bytes)[] files)
    {
        var hashes = new JsonObject();
        foreach (var (name, bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(output, name), bytes);
            hashes[name] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        }
        return new JsonObject
        {
            ["format"] = ModelDescription.CurrentFormat,
            ["name"] = kind,
            ["kind"] = kind,
            ["version"] = typeof(BuildPatternOnnxCommand).Assembly.GetName().Version!.ToString(3),
            ["vocabulary"] = PatternVocabulary.Version,
            ["parameters"] = weights.ValueCount,
            ["files"] = hashes,
        };
    }

    private static int Check(IReadOnlyDictionary<string, float> differences)
    {
        foreach (var (name, difference) in differences)
            Console.WriteLine($"{name,-30} {difference:e2}");
        var wrong = differences.Count(d => !(d.Value <= PatternGoldenCheck.Tolerance));
        if (wrong > 0)
            Console.Error.WriteLine($"{wrong} outputs differ from golden.json by more than {PatternGoldenCheck.Tolerance}.");
        return wrong == 0 ? 0 : 1;
    }
}
