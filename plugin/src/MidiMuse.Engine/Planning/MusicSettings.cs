using System.Runtime.CompilerServices;
using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Planning;

public enum AnswerMode
{
    Continue = 0,
    CallAndResponse = 1,

    /// <summary>Plays along: each bar goes by what has been played up to it.</summary>
    Accompany = 2,
}

public enum ChordSource
{
    Off = 0,

    /// <summary>The progression that the player gave, if any; an accompaniment without one goes by what it hears.</summary>
    Given = 1,

    /// <summary>One chord a bar, found in the motif; an accompaniment hears on.</summary>
    Motif = 2,
}

public enum KeptAspect
{
    Nothing = 0,
    Rhythm = 1,
    Contour = 2,
}

public enum GrooveKind
{
    Straight = 0,
    Motif = 1,
    SwingEighths = 2,
    SwingSixteenths = 3,
    LaidBack = 4,
}

/// <summary>The parts of a drum pattern that are kept.</summary>
public enum DrumLock
{
    Off = 0,
    KickAndSnare = 1,
    Cymbals = 2,
    AllButToms = 3,
}

public enum Ending
{
    Open = 0,
    Cadence = 1,
}

/// <summary>The parameters that a bar is made from, read once for each decision.</summary>
public readonly record struct MusicSettings
{
    private static ReadLane? s_lastLane;

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

    /// <summary>Degrees of a scale of the player's own, bit n = n semitones above the tonic; 0 = none.</summary>
    public ushort CustomScale { get; init; }

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

    public ChordSource ChordSource { get; init; }

    /// <summary>The progression that the player gave; null where there is none.</summary>
    public ChordLane? Chords { get; init; }

    /// <summary>0..1; 1 promises chord tones on strong beats.</summary>
    public double ChordTones { get; init; }

    public KeptAspect Keep { get; init; }

    /// <summary>Times the motif's onsets; 0 = free.</summary>
    public double Density { get; init; }

    /// <summary>Onsets a beat; 0 = free. Goes before <see cref="Density"/>.</summary>
    public double NotesPerBeat { get; init; }

    /// <summary>0 = free.</summary>
    public int GridTicks { get; init; }

    public GrooveKind Groove { get; init; }

    public double GrooveAmount { get; init; }

    /// <summary>-1..1.</summary>
    public double Syncopation { get; init; }

    public DrumLock DrumLock { get; init; }

    /// <summary>Null = by the motif or the role.</summary>
    public int? LowNote { get; init; }

    public int? HighNote { get; init; }

    public int Octave { get; init; }

    /// <summary>-1 steps .. 1 leaps.</summary>
    public double Leaps { get; init; }

    /// <summary>Null = by the motif or the role.</summary>
    public int? Voices { get; init; }

    public int? Softest { get; init; }

    public int? Loudest { get; init; }

    public double FollowDynamics { get; init; }

    /// <summary>-1 staccato .. 1 legato.</summary>
    public double Articulation { get; init; }

    /// <summary>-1 novelty .. 1 repetition.</summary>
    public double Closeness { get; init; }

    /// <summary>0: bars may repeat for ever .. 1: they may hardly do so more than the motif's.</summary>
    public double Development { get; init; }

    /// <summary>1: what the network makes of what it is told. More: further in that direction.</summary>
    public double Guidance { get; init; }

    /// <summary>Takes of each bar, of which one is kept.</summary>
    public int Takes { get; init; }

    public Ending Ending { get; init; }

    public double Valence { get; init; }

    public double Energy { get; init; }

    public StyleClass Style { get; init; }

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
            CustomScale = (ushort)values.Index(ParameterId.CustomScale),
            Role = ParameterTable.Roles[values.Index(ParameterId.Role)],
            Material = (Material)values.Index(ParameterId.Material),
            Variation = values.Plain(ParameterId.Variation),
            Morph = values.Plain(ParameterId.Morph),
            MorphTarget = texts is null ? null : KeptMotif(texts[TextTable.Morph]),
            SurpriseEvery = MaterialParameters.SurpriseBars[values.Index(ParameterId.SurpriseEvery)],
            ChordSource = (ChordSource)values.Index(ParameterId.ChordSource),
            Chords = texts is null ? null : LaneOf(texts[TextTable.Chords]),
            ChordTones = values.Plain(ParameterId.ChordTones),
            Keep = (KeptAspect)values.Index(ParameterId.Keep),
            Density = OrFree(values.Plain(ParameterId.Density)),
            NotesPerBeat = OrFree(values.Plain(ParameterId.NotesPerBeat)),
            GridTicks = MusicParameters.GridTicks[values.Index(ParameterId.Grid)],
            Groove = (GrooveKind)values.Index(ParameterId.Groove),
            GrooveAmount = values.Plain(ParameterId.GrooveAmount),
            Syncopation = OrNeutral(values.Plain(ParameterId.Syncopation)),
            DrumLock = (DrumLock)values.Index(ParameterId.DrumLock),
            LowNote = OrNull(values.Index(ParameterId.LowNote), -1),
            HighNote = OrNull(values.Index(ParameterId.HighNote), -1),
            Octave = values.Index(ParameterId.Octave),
            Leaps = OrNeutral(values.Plain(ParameterId.Leaps)),
            Voices = OrNull(values.Index(ParameterId.Voices), 0),
            Softest = OrNull(values.Index(ParameterId.Softest), 0),
            Loudest = OrNull(values.Index(ParameterId.Loudest), 0),
            FollowDynamics = OrNeutral(values.Plain(ParameterId.FollowDynamics)),
            Articulation = OrNeutral(values.Plain(ParameterId.Articulation)),
            Closeness = OrNeutral(values.Plain(ParameterId.Closeness)),
            Development = OrNeutral(values.Plain(ParameterId.Development)),
            Guidance = values.Plain(ParameterId.Guidance),
            Takes = values.Index(ParameterId.Consensus),
            Ending = (Ending)values.Index(ParameterId.Ending),
            Valence = OrNeutral(values.Plain(ParameterId.Valence)),
            Energy = OrNeutral(values.Plain(ParameterId.Energy)),
            Style = (StyleClass)values.Index(ParameterId.Style),
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
    public Scale? FixedScale
    {
        get
        {
            if (CustomScale != 0)
                return new Scale(Scale.NameOf(CustomScale), CustomScale);
            return ScaleIndex > ScaleFollowsMotif ? Scale.All[ScaleIndex - 2] : null;
        }
    }

    /// <summary>Settings are read every millisecond, and the text is the same object for as long as nobody changes it.</summary>
    private static Motif? KeptMotif(string text) =>
        text.Length == 0 ? null : ReadMotifs.GetValue(text, static t => new ReadMotif(MotifText.TryParse(t, out var motif) ? motif : null)).Motif;

    private sealed record ReadMotif(Motif? Motif);

    public bool LocksPitches => CustomScale != 0 || ScaleIndex != ScaleOff;

    /// <summary>Settings are read for every decision and every wait of a millisecond before one; the text seldom changes.</summary>
    private static ChordLane? LaneOf(string text)
    {
        if (text.Length == 0)
            return null;
        if (Volatile.Read(ref s_lastLane) is not { } last || last.Text != text)
        {
            last = new ReadLane(text, ChordLane.TryParse(text, out var lane, out _) ? lane : null);
            Volatile.Write(ref s_lastLane, last);
        }
        return last.Lane;
    }

    /// <summary>What reads as Free is free: hosts send values near 0.</summary>
    private static double OrFree(double plain) => plain < 0.005 ? 0 : plain;

    private static double OrNeutral(double plain) => Math.Abs(plain) < 0.005 ? 0 : plain;

    private static int? OrNull(int value, int meaningAuto) => value == meaningAuto ? null : value;

    private sealed record ReadLane(string Text, ChordLane? Lane);
}
