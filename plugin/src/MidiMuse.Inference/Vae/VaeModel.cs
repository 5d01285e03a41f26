using Microsoft.ML.OnnxRuntime;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Vae;

/// <summary>The encoder and the decoder of a pattern VAE, static shapes, one pattern a run.</summary>
internal sealed class VaeModel : IDisposable
{
    public const string Kind = "vae";

    private const int WidestLatent = 1024;

    private readonly List<InferenceSession> _opened = [];

    private VaeModel(ModelFolder folder)
    {
        if (folder.Description.Kind != Kind)
            throw new ModelException(ModelFault.Unsupported, $"The model {folder.Description.Name} is of the kind {folder.Description.Kind} and no VAE.");
        folder.CheckVocabulary(PatternVocabulary.Version);
        LatentOfQuarter = folder.Description.Latent;
        if (LatentOfQuarter is < 1 or > WidestLatent)
            throw new ModelException(ModelFault.Damaged, $"{ModelFolder.DescriptionFile} of the model {folder.Description.Name} gives impossible sizes.");
        Hash = folder.Hash;
        try
        {
            Encoder = Open(folder, "encoder.onnx", [("features", Features), ("conditions", Conditions), ("coverage", Coverage)], [("latent", LatentShape)]);
            Decoder = Open(
                folder,
                "decoder.onnx",
                [("latent", LatentShape), ("conditions", Conditions), ("coverage", Coverage)],
                [("count", Of(PatternVocabulary.Counts)), ("pitch", Of(PatternVocabulary.Pitches)), ("low_duration", Of(PatternVocabulary.Durations)), ("high_duration", Of(PatternVocabulary.Durations))]);
            TryOut(folder.Description.Name);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static int[] Features { get; } = [PatternVocabulary.Quarters, PatternVocabulary.QuarterFeatures];

    public static int[] Conditions { get; } = [1, PatternVocabulary.Conditions];

    public static int[] Coverage { get; } = [PatternVocabulary.Quarters, 1];

    public string Hash { get; }

    public int LatentOfQuarter { get; }

    public int[] LatentShape => [PatternVocabulary.Quarters, LatentOfQuarter];

    /// <summary>features f32 [16, 712], conditions [1, 25], coverage [16, 1] to latent [16, D].</summary>
    public InferenceSession Encoder { get; }

    /// <summary>latent f32 [16, D], conditions, coverage to count [128, 7], pitch [128, 73], low_duration and high_duration [128, 16].</summary>
    public InferenceSession Decoder { get; }

    /// <exception cref="ModelException">Damaged, Unsupported, GraphMismatch or RuntimeFailed.</exception>
    public static VaeModel Load(ModelFolder folder) => new(folder);

    public static int[] Of(int classes) => [PatternVocabulary.Steps, classes];

    public void Dispose()
    {
        foreach (var session in _opened)
            session.Dispose();
        _opened.Clear();
    }

    private InferenceSession Open(ModelFolder folder, string file, (string Name, int[] Shape)[] inputs, (string Name, int[] Shape)[] outputs)
    {
        var session = GraphFile.Open(folder, file, inputs, outputs);
        _opened.Add(session);
        return session;
    }

    /// <summary>One pattern there and back: weights that are not finite are found here and not while somebody plays.</summary>
    private void TryOut(string name)
    {
        using var session = new VaeSession(this, null);
        var header = new PatternHeader(Role.Melody, null, Meter.CommonTime, PatternVocabulary.Steps);
        var latent = new float[session.LatentLength];
        session.Encode(header, [new PatternNote(0, 36, 9)], latent);
        foreach (var logit in session.Decode(header, latent).Pitch)
        {
            if (!float.IsFinite(logit))
                throw new ModelException(ModelFault.RuntimeFailed, $"The model {name} gives numbers that are not finite.");
        }
    }
}
