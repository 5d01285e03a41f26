namespace MidiMuse.Inference.Transformer;

/// <summary>One sequence through the backbone's graph. [engine]</summary>
/// <remarks>
/// Several events at once give sums in another order than one after the other, and how many notes wait to be read depends
/// on when the engine wakes up. So notes are read one by one, and only what stays when the oldest bars are forgotten,
/// which depends on the notes alone, is read in chunks: a phrase is the same to the bit however it comes in.
/// </remarks>
internal sealed class GraphBackbone : IBackbone
{
    /// <summary>Largest first; the last is a single step.</summary>
    private static readonly int[] ChunkSteps = [16, 4, 1];

    private readonly BackboneRun[] _runs;

    public GraphBackbone(TransformerGraphs graphs)
    {
        var cache = new KeyValueCache(graphs.Sizes);
        _runs = [.. ChunkSteps.Select(steps => new BackboneRun(graphs.Backbone, graphs.Sizes.Context, cache, steps))];
    }

    public void Read(EventMemory memory, int from, Span<float> context, Span<float> timeLogits)
    {
        if (from < memory.ReadAtOnce)
        {
            from = 0;
            foreach (var run in _runs)
            {
                while (memory.ReadAtOnce - from >= run.Steps)
                    from = Read(run, memory, from, context, timeLogits);
            }
        }
        while (from < memory.Count)
            from = Read(_runs[^1], memory, from, context, timeLogits);
    }

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
    }

    private static int Read(BackboneRun run, EventMemory memory, int from, Span<float> context, Span<float> timeLogits)
    {
        run.Run(memory.Events[from..], memory.Conditions[from..], from);
        if (from + run.Steps == memory.Count)
            run.CopyLast(context, timeLogits);
        return from + run.Steps;
    }
}
