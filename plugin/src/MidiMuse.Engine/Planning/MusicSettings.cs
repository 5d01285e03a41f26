using System.Runtime.CompilerServices;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Planning;

public enum AnswerMode
{
    Continue = 0,
    CallAndResponse = 1,
}

/// <summary>The parameters that a bar is made from, read once for each decision.</summary>
public readonly record struct MusicSettings
{
    private const int ScaleOff = 0;
    private const int ScaleFollowsMotif = 1;

    private static readonly ConditionalWeakTable<string, ReadMotif> ReadMotifs = [];

    /// <summary>0 = until a bar of silence.</summary>
    public int CaptureBars { get; init; }

    public AnswerMode Mode { get; init; }

    /// <summary>Bars of the answer; 0 = until stopped.</summary>
    public int AnswerBars { get; init; }

    public bool Freeze { get; init; }

    /// <summary>Index into <see cref="ParameterTable.EngineModels"/>.</summary>
    public int EngineModel { get; init; }

    public int Seed { get; init; }

    public double Temperature { get; init; }

    public double TopP { get; init; }

    /// <summary>Null = derived from the motif.</summary>
    public int? TonicPitchClass { get; init; }

    public int ScaleIndex { get; init; }

    /// <summary>Null = derived from the motif.</summary>
    public Role? Role { get; init; }

    public Material Material { get; init; }

    /// <summary>How far a variation goes, 0..1.</summary>
    public double Variation { get; init; }

    /// <summary>Place on the way to <see cref="MorphTarget"/>, 0..1.</summary>
    public double Morph { get; init; }

    /// <summary>Null = none was kept.</summary>
    public Motif? MorphTarget { get; init; }

    /// <summary>Bars from one surprise to the next; 0 = the first bar alone.</summary>
    public int SurpriseEvery { get; init; }

    /// <summary>Null = no sections.</summary>
    public AnswerForm? Form { get; init; }

    public int SectionBars { get; init; }

    /// <summary>0 = sections return as they were .. 1 = anew.</summary>
    public double SectionVariation { get; init; }

    public static MusicSettings From(ParameterValues values, TextValues? texts = null)
    {
        var key = values.Index(ParameterId.Key);
        return new MusicSettings
        {
            CaptureBars = ParameterTable.CaptureBars[values.Index(ParameterId.Capture)],
            Mode = (AnswerMode)values.Index(ParameterId.Mode),
            Form = AnswerForm.Of(values.Index(ParameterId.Form), texts),
            SectionBars = values.Index(ParameterId.SectionBars),
            SectionVariation = values.Plain(ParameterId.SectionVariation),
            AnswerBars = values.Index(ParameterId.AnswerLength),
            Freeze = values.IsOn(ParameterId.Freeze),
            EngineModel = values.Index(ParameterId.EngineModel),
            Seed = values.Index(ParameterId.Seed),
            Temperature = values.Plain(ParameterId.Temperature),
            TopP = values.Plain(ParameterId.TopP),
            TonicPitchClass = key == 0 ? null : key - 1,
            ScaleIndex = values.Index(ParameterId.Scale),
            Role = ParameterTable.Roles[values.Index(ParameterId.Role)],
            Material = (Material)values.Index(ParameterId.Material),
            Variation = values.Plain(ParameterId.Variation),
            Morph = values.Plain(ParameterId.Morph),
            MorphTarget = texts is null ? null : KeptMotif(texts[TextTable.Morph]),
            SurpriseEvery = MaterialParameters.SurpriseBars[values.Index(ParameterId.SurpriseEvery)],
        };
    }

    /// <summary>What a bar is made from: settings that only say when bars are made are left out, so that they make no bar anew.</summary>
    public MusicSettings ForBars() => this with { CaptureBars = 0, Freeze = false };

    /// <summary>Bars of the answer to a motif of a length; null = until stopped.</summary>
    public int? AnswerBarsFor(int motifBars) => AnswerBars switch
    {
        > 0 => AnswerBars,
        _ when Mode == AnswerMode.CallAndResponse => motifBars,
        _ => null,
    };

    /// <summary>The lock's scale; null where it is off or follows the motif.</summary>
    public Scale? FixedScale => ScaleIndex > ScaleFollowsMotif ? Scale.All[ScaleIndex - 2] : null;

    public bool LocksPitches => ScaleIndex != ScaleOff;

    /// <summary>Settings are read every millisecond, and the text is the same object for as long as nobody changes it.</summary>
    private static Motif? KeptMotif(string text) =>
        text.Length == 0 ? null : ReadMotifs.GetValue(text, static t => new ReadMotif(MotifText.TryParse(t, out var motif) ? motif : null)).Motif;

    private sealed record ReadMotif(Motif? Motif);
}
