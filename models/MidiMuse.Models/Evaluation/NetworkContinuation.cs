using MidiMuse.Core.Notes;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Models.Evaluation;

/// <summary>Drawn from a network as the plugin draws, bar by bar.</summary>
/// <param name="closeness">Weights towards the prime, or null for the network alone.</param>
/// <param name="takes">Of each bar; more than one as with the plugin's Consensus.</param>
/// <param name="development">As the plugin's Development.</param>
public sealed class NetworkContinuation(
    string name,
    INoteEventModel model,
    SamplerSettings settings,
    ClosenessWeights? closeness = null,
    int takes = 1,
    double development = BarDevelopment.DefaultAmount) : IContinuation
{
    private const int MostNotesOfBar = 256;

    private readonly BarGenerator _generator = new();
    private readonly BarConsensus _consensus = new(new BarGenerator());

    public string Name => name;

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed)
    {
        using var session = model.CreateSession();
        session.Reset(excerpt.Context);
        session.Prefill(excerpt.Prime.ToArray(), excerpt.VelocityIsKnown);
        var ringing = excerpt.Prime.ToList();
        var answer = new List<GridNote>();
        var barTicks = excerpt.Context.Meter.BarTicks;
        var bar = new GridNote[MostNotesOfBar];
        var pattern = new MotifPattern(excerpt.Prime.ToArray(), excerpt.PrimeTicks, excerpt.PrimeTicks);
        BarSteering[] towardsMotif = closeness is { } weights ? [new MotifCloseness(pattern, weights)] : [];
        for (var i = Excerpt.Bars; i < Excerpt.Bars + excerpt.AnswerBars; i++)
        {
            var request = new BarRequest
            {
                StartTick = i * barTicks,
                EndTick = (i + 1) * barTicks,
                Sampler = settings,
                Ringing = ringing.ToArray(),
                Steering = [.. towardsMotif, .. AtDefaults(excerpt, [.. excerpt.Prime, .. answer], i * barTicks, development)],
            };
            var count = Draw(session, request, seed, i, bar);
            answer.AddRange(bar[..count]);
            ringing.RemoveAll(n => n.EndTick <= (i + 1) * barTicks);
            ringing.AddRange(bar[..count]);
        }
        return answer;
    }

    /// <summary>What steers the plugin's answers while its controls are at their defaults, Development apart.</summary>
    internal static IEnumerable<BarSteering> AtDefaults(Excerpt excerpt, GridNote[] phrase, long startTick, double development)
    {
        var motif = excerpt.Prime.ToArray();
        yield return new BarDevelopment(motif, phrase, startTick, excerpt.Context.Meter.BarTicks, development);
        if (GridLock.OfMotif(motif, excerpt.Context.Meter.BarTicks) is { } grid)
            yield return grid;
        if (excerpt.Context.Role != Role.Drums)
            yield return new OrnamentLimit(excerpt.Context.Role, motif, phrase, startTick);
    }

    private int Draw(NoteEventSession session, in BarRequest request, ulong seed, int index, GridNote[] bar)
    {
        if (takes > 1)
        {
            var kept = _consensus.Generate(session, slot: 0, request, (seed, index, 0), takes, bar).NoteCount;
            session.Prefill(bar.AsSpan(0, kept));
            return kept;
        }
        var random = Xoshiro256.ForBar(seed, index, candidate: 0);
        return _generator.Generate(session, request, ref random, bar).NoteCount;
    }
}
