namespace MidiMuse.Engine.Parameters;

/// <summary>The parameters of variation, morph and surprise. Part of <see cref="ParameterTable"/>; append only.</summary>
public static class MaterialParameters
{
    /// <summary>Bars of each SurpriseEvery choice; 0 = the answer's first bar only.</summary>
    public static readonly IReadOnlyList<int> SurpriseBars = [0, 1, 2, 4, 8];

    public static readonly IReadOnlyList<ParameterDefinition> All =
    [
        ParameterDefinition.Choice(ParameterId.Material, "material", "Material", ["Continuation", "Variation", "Morph", "Surprise"]),
        ParameterDefinition.Continuous(ParameterId.Variation, "variation", "Variation", 0, 1, 0.4),
        ParameterDefinition.Continuous(ParameterId.Morph, "morph", "Morph", 0, 1, 0.5),
        ParameterDefinition.Choice(ParameterId.SurpriseEvery, "surpriseEvery", "Surprise every", ["First bar", "Bar", "2 bars", "4 bars", "8 bars"]) with { ShortTitle = "Surprise" },
        ParameterDefinition.Switch(ParameterId.KeepForMorph, "keepForMorph", "Keep for morph") with { Momentary = true, ShortTitle = "Keep" },
    ];
}
