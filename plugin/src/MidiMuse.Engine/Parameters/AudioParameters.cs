using MidiMuse.Core.Audio;

namespace MidiMuse.Engine.Parameters;

/// <summary>The parameters of sung and played audio motifs. Part of <see cref="ParameterTable"/>; append only.</summary>
public static class AudioParameters
{
    /// <summary>The grid of each Audio grid choice.</summary>
    public static readonly IReadOnlyList<OnsetGrid> Grids =
        [OnsetGrid.Auto, OnsetGrid.Quarter, OnsetGrid.Eighth, OnsetGrid.EighthTriplet, OnsetGrid.Sixteenth, OnsetGrid.SixteenthTriplet, OnsetGrid.Off];

    public static readonly IReadOnlyList<ParameterDefinition> All =
    [
        ParameterDefinition.Switch(ParameterId.AudioMotif, "audioMotif", "Audio motif") with { Role = AudioRole.AudioMotif },
        ParameterDefinition.Continuous(ParameterId.AudioLatency, "audioLatency", "Audio latency", 0, 200, 0) with { Units = "ms", ShortTitle = "Audio lat" },
        ParameterDefinition.Choice(ParameterId.AudioGrid, "audioGrid", "Audio grid", ["Auto", "1/4", "1/8", "1/8 triplet", "1/16", "1/16 triplet", "Off"]),
    ];
}
