using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Patterns;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Vae;

/// <summary>One instance's use of a VAE: buffers bound once, so that no run allocates. [engine]</summary>
public sealed class VaeSession : IMotifVariator
{
    private static readonly ModelShares<VaeModel> Models = new((folder, _) => VaeModel.Load(folder));

    private readonly ModelShares<VaeModel>.Share? _share;
    private readonly float[] _features = BoundGraph.Buffer<float>(PatternVocabulary.Quarters * PatternVocabulary.QuarterFeatures);
    private readonly float[] _conditions = BoundGraph.Buffer<float>(PatternVocabulary.Conditions);
    private readonly float[] _coverage = BoundGraph.Buffer<float>(PatternVocabulary.Quarters);
    private readonly float[] _encoded;
    private readonly float[] _latent;
    private readonly float[] _count = BoundGraph.Buffer<float>(PatternVocabulary.Steps * PatternVocabulary.Counts);
    private readonly float[] _pitch = BoundGraph.Buffer<float>(PatternVocabulary.Steps * PatternVocabulary.Pitches);
    private readonly float[] _lowDuration = BoundGraph.Buffer<float>(PatternVocabulary.Steps * PatternVocabulary.Durations);
    private readonly float[] _highDuration = BoundGraph.Buffer<float>(PatternVocabulary.Steps * PatternVocabulary.Durations);
    private readonly BoundGraph _encoder;
    private readonly BoundGraph _decoder;

    internal VaeSession(VaeModel model, ModelShares<VaeModel>.Share? share)
    {
        _share = share;
        LatentOfQuarter = model.LatentOfQuarter;
        Hash = model.Hash;
        _encoded = BoundGraph.Buffer<float>(LatentLength);
        _latent = BoundGraph.Buffer<float>(LatentLength);
        long[] latentShape = [PatternVocabulary.Quarters, LatentOfQuarter];
        _encoder = new BoundGraph(model.Encoder)
            .Input("features", _features.AsMemory(), PatternVocabulary.Quarters, PatternVocabulary.QuarterFeatures)
            .Input("conditions", _conditions.AsMemory(), 1, PatternVocabulary.Conditions)
            .Input("coverage", _coverage.AsMemory(), PatternVocabulary.Quarters, 1)
            .Output("latent", _encoded.AsMemory(), latentShape);
        _decoder = new BoundGraph(model.Decoder)
            .Input("latent", _latent.AsMemory(), latentShape)
            .Input("conditions", _conditions.AsMemory(), 1, PatternVocabulary.Conditions)
            .Input("coverage", _coverage.AsMemory(), PatternVocabulary.Quarters, 1)
            .Output("count", _count.AsMemory(), PatternVocabulary.Steps, PatternVocabulary.Counts)
            .Output("pitch", _pitch.AsMemory(), PatternVocabulary.Steps, PatternVocabulary.Pitches)
            .Output("low_duration", _lowDuration.AsMemory(), PatternVocabulary.Steps, PatternVocabulary.Durations)
            .Output("high_duration", _highDuration.AsMemory(), PatternVocabulary.Steps, PatternVocabulary.Durations);
    }

    /// <summary>SHA-256 of the model's description, which covers its weights.</summary>
    public string Hash { get; }

    public int LatentOfQuarter { get; }

    public int LatentLength => PatternVocabulary.Quarters * LatentOfQuarter;

    /// <summary>A session of the model in a folder, which is loaded once per process.</summary>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    public static VaeSession Open(string folder)
    {
        var share = Models.Acquire(folder, Device.Cpu);
        try
        {
            return new VaeSession(share.Model, share);
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    public void Encode(in PatternHeader header, ReadOnlySpan<PatternNote> notes, Span<float> latent)
    {
        PatternHeader.WriteFeatures(notes, _features);
        header.WriteConditions(_conditions);
        header.WriteCoverage(_coverage);
        _encoder.Run();
        _encoded.CopyTo(latent);
    }

    public PatternLogits Decode(in PatternHeader header, ReadOnlySpan<float> latent)
    {
        latent.CopyTo(_latent);
        header.WriteConditions(_conditions);
        header.WriteCoverage(_coverage);
        _decoder.Run();
        return new PatternLogits { Count = _count, Pitch = _pitch, LowDuration = _lowDuration, HighDuration = _highDuration };
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
        _share?.Dispose();
    }
}
