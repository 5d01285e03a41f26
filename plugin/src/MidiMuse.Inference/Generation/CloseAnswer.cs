namespace MidiMuse.Inference.Generation;

/// <summary>
/// How the plugin's program Close to the motif draws: likely notes that lean towards the motif, and of many takes the one on
/// which they agree. Here, because the models' evaluation has a row for it.
/// </summary>
public static class CloseAnswer
{
    public const double Temperature = 0.6;

    public const double TopP = 0.9;

    /// <summary>Of the control Motif closeness: three fifths of its full weights (<see cref="Steering.ClosenessWeights.At"/>). More comes nearer to a copy and no nearer to what really follows (plugin/docs/CONTROLS.md).</summary>
    public const double Closeness = 0.7746;

    public const int Takes = BarConsensus.MostTakes;
}
