using MidiMuse.Core.Audio;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Capture;

/// <summary>The parameters of audio motifs, read once for each step.</summary>
/// <param name="LatencySeconds">Sound arrives this late: the interface's input latency, where the host does not compensate it.</param>
public readonly record struct AudioSettings(OnsetGrid Grid, double LatencySeconds)
{
    public static AudioSettings From(ParameterValues values) =>
        new(AudioParameters.Grids[values.Index(ParameterId.AudioGrid)], values.Plain(ParameterId.AudioLatency) / 1000);
}
