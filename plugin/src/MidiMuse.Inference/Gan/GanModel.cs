using Microsoft.ML.OnnxRuntime;
using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Gan;

/// <summary>The generator of a GAN over the latents of bars, static shapes, one bar a run.</summary>
internal sealed class GanModel : IDisposable
{
    public const string Kind = "gan";

    /// <summary>Quarters of the longest bar that can be proposed: 12/8, 6/4, 3/2.</summary>
    public const int BarQuarters = 6;

    private const int WidestVector = 1024;

    private GanModel(ModelFolder folder)
    {
        var description = folder.Description;
        if (description.Kind != Kind)
            throw new ModelException(ModelFault.Unsupported, $"The model {description.Name} is of the kind {description.Kind} and no GAN.");
        folder.CheckVocabulary(PatternVocabulary.Version);
        if (description.Latent is < 1 or > WidestVector || description.Noise is < 1 or > WidestVector || description.LatentsOf is null)
            throw new ModelException(ModelFault.Damaged, $"{ModelFolder.DescriptionFile} of the model {description.Name} gives impossible sizes.");
        (LatentOfQuarter, Noise, LatentsOf, Hash) = (description.Latent, description.Noise, description.LatentsOf, folder.Hash);
        int[] bar = [1, BarQuarters * LatentOfQuarter];
        Generator = GraphFile.Open(
            folder,
            "generator.onnx",
            [("previous", bar), ("conditions", [1, PatternVocabulary.Conditions]), ("coverage", [1, BarQuarters]), ("noise", [1, Noise])],
            [("next", bar)]);
    }

    public int LatentOfQuarter { get; }

    public int Noise { get; }

    /// <summary>Hash of the VAE's description.</summary>
    public string LatentsOf { get; }

    public string Hash { get; }

    /// <summary>previous f32 [1, 6 D], conditions [1, 25], coverage [1, 6], noise [1, N] to next [1, 6 D].</summary>
    public InferenceSession Generator { get; }

    /// <exception cref="ModelException">Damaged, Unsupported, GraphMismatch or RuntimeFailed.</exception>
    public static GanModel Load(ModelFolder folder) => new(folder);

    public void Dispose() => Generator.Dispose();
}
