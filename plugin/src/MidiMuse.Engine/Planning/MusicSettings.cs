using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
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

    public static MusicSettings From(ParameterValues values)
    {
        var key = values.Index(ParameterId.Key);
        return new MusicSettings
        {
            CaptureBars = ParameterTable.CaptureBars[values.Index(ParameterId.Capture)],
            Mode = (AnswerMode)values.Index(ParameterId.Mode),
            AnswerBars = values.Index(ParameterId.AnswerLength),
            Freeze = values.IsOn(ParameterId.Freeze),
            EngineModel = values.Index(ParameterId.EngineModel),
            Seed = values.Index(ParameterId.Seed),
            Temperature = values.Plain(ParameterId.Temperature),
            TopP = values.Plain(ParameterId.TopP),
            TonicPitchClass = key == 0 ? null : key - 1,
            ScaleIndex = values.Index(ParameterId.Scale),
            Role = ParameterTable.Roles[values.Index(ParameterId.Role)],
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
}
