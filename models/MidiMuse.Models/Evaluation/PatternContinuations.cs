using MidiMuse.Core.Notes;
using MidiMuse.Inference.Gan;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Patterns;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;
using MidiMuse.Inference.Vae;

namespace MidiMuse.Models.Evaluation;

/// <summary>Answers bar by bar, each from what was played and answered so far.</summary>
public abstract class BarContinuation(string name) : IContinuation
{
    private readonly GridNote[] _bar = new GridNote[256];

    public string Name => name;

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed)
    {
        var phrase = excerpt.Prime.ToList();
        var barTicks = excerpt.Context.Meter.BarTicks;
        for (var i = 0; i < excerpt.AnswerBars; i++)
        {
            var startTick = (long)(Excerpt.Bars + i) * barTicks;
            var bar = new PatternBar
            {
                StartTick = startTick,
                EndTick = startTick + barTicks,
                Index = i,
                Seed = unchecked((int)seed),
                Constraints = NoteConstraints.None,
                Ringing = [.. phrase.Where(n => n.EndTick > startTick)],
            };
            phrase.AddRange(_bar.Take(Write(excerpt, [.. phrase], bar, _bar)));
        }
        return phrase.GetRange(excerpt.Prime.Count, phrase.Count - excerpt.Prime.Count);
    }

    protected static PatternMotif MotifOf(Excerpt excerpt) =>
        new([.. excerpt.Prime], excerpt.Context.Meter, excerpt.Context.Role, excerpt.Context.Key, Excerpt.Bars);

    protected abstract int Write(Excerpt excerpt, GridNote[] phrase, in PatternBar bar, GridNote[] notes);
}

/// <summary>The prime varied by half.</summary>
public sealed class VariationContinuation(string name, VaeSession vae) : BarContinuation(name)
{
    private const double Amount = 0.5;

    private readonly MotifVariations _variations = new(vae);

    protected override int Write(Excerpt excerpt, GridNote[] phrase, in PatternBar bar, GridNote[] notes)
    {
        var motif = MotifOf(excerpt);
        return motif.IsCovered ? _variations.Vary(motif, Amount, bar, notes) : 0;
    }
}

/// <summary>Every bar proposed from the one before it; with a network, the first bar alone, and the network goes on.</summary>
public sealed class ProposalContinuation(string name, GanSession gan, INoteEventModel? network, SamplerSettings settings) : BarContinuation(name)
{
    private readonly BarProposals _proposals = new(gan);
    private readonly BarGenerator _generator = new();

    protected override int Write(Excerpt excerpt, GridNote[] phrase, in PatternBar bar, GridNote[] notes)
    {
        var motif = MotifOf(excerpt);
        if ((network is null || bar.Index == 0) && _proposals.Covers(motif))
            return _proposals.Propose(motif, phrase, bar, notes);
        return network is null ? 0 : Continue(network, excerpt, phrase, bar, notes);
    }

    private int Continue(INoteEventModel network, Excerpt excerpt, GridNote[] phrase, in PatternBar bar, GridNote[] notes)
    {
        using var session = network.CreateSession();
        session.Reset(excerpt.Context);
        session.Prefill(phrase, excerpt.VelocityIsKnown);
        var random = Xoshiro256.ForBar((ulong)bar.Seed, Excerpt.Bars + bar.Index, candidate: 0);
        var request = new BarRequest
        {
            StartTick = bar.StartTick,
            EndTick = bar.EndTick,
            Sampler = settings,
            Ringing = bar.Ringing,
            Steering = [.. NetworkContinuation.AtDefaults(excerpt, phrase, bar.StartTick, BarDevelopment.DefaultAmount)],
        };
        return _generator.Generate(session, request, ref random, notes).NoteCount;
    }
}
