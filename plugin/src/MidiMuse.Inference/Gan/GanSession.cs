using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Patterns;
using MidiMuse.Inference.Runtime;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Vae;

namespace MidiMuse.Inference.Gan;

/// <summary>
/// One instance's use of a GAN: the last bar's latent, what is known about the bar and noise make the next bar's latent,
/// which the VAE decodes. Buffers are bound once. [engine]
/// </summary>
public sealed class GanSession : IBarProposer
{
    private static readonly ModelShares<GanModel> Models = new((folder, _) => GanModel.Load(folder));

    private readonly ModelShares<GanModel>.Share _share;
    private readonly VaeSession _vae;
    private readonly float[] _previous;
    private readonly float[] _conditions = BoundGraph.Buffer<float>(PatternVocabulary.Conditions);
    private readonly float[] _coverage = BoundGraph.Buffer<float>(GanModel.BarQuarters);
    private readonly float[] _noise;
    private readonly float[] _next;
    private readonly float[] _latent;
    private readonly BoundGraph _generator;

    private GanSession(ModelShares<GanModel>.Share share, VaeSession vae)
    {
        var model = share.Model;
        if (model.LatentsOf != vae.Hash || model.LatentOfQuarter != vae.LatentOfQuarter)
            throw new ModelException(ModelFault.Unsupported, "The GAN was trained with another VAE than the one that is here.");
        (_share, _vae, Hash) = (share, vae, model.Hash);
        _previous = BoundGraph.Buffer<float>(GanModel.BarQuarters * model.LatentOfQuarter);
        _next = BoundGraph.Buffer<float>(_previous.Length);
        _noise = BoundGraph.Buffer<float>(model.Noise);
        _latent = new float[vae.LatentLength];
        _generator = new BoundGraph(model.Generator)
            .Input("previous", _previous.AsMemory(), 1, _previous.Length)
            .Input("conditions", _conditions.AsMemory(), 1, PatternVocabulary.Conditions)
            .Input("coverage", _coverage.AsMemory(), 1, GanModel.BarQuarters)
            .Input("noise", _noise.AsMemory(), 1, _noise.Length)
            .Output("next", _next.AsMemory(), 1, _next.Length);
    }

    /// <summary>SHA-256 of the model's description, which covers its weights.</summary>
    public string Hash { get; }

    /// <summary>A session of the model in a folder, which is loaded once per process.</summary>
    /// <param name="vae">Stays the caller's and must outlive the session; both must not run at once.</param>
    /// <exception cref="ModelException">The model cannot be used, or not with this VAE.</exception>
    public static GanSession Open(string folder, VaeSession vae)
    {
        var share = Models.Acquire(folder, Device.Cpu);
        try
        {
            return new GanSession(share, vae);
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    public bool Covers(in PatternHeader bar) => bar.Quarters <= GanModel.BarQuarters;

    public PatternLogits Propose(in PatternHeader bar, ReadOnlySpan<PatternNote> previous, ref Xoshiro256 random)
    {
        if (!Covers(bar))
            throw new ArgumentOutOfRangeException(nameof(bar), $"A bar of {bar.Quarters} quarters is longer than {GanModel.BarQuarters}.");
        _vae.Encode(bar, previous, _latent);
        _latent.AsSpan(0, _previous.Length).CopyTo(_previous);
        bar.WriteConditions(_conditions);
        bar.WriteCoverage(_coverage);
        Latents.DrawNormal(_noise, ref random);
        _generator.Run();
        _latent.AsSpan().Clear();
        _next.CopyTo(_latent.AsSpan());
        return _vae.Decode(bar, _latent);
    }

    public void Dispose()
    {
        _generator.Dispose();
        _share.Dispose();
    }
}
