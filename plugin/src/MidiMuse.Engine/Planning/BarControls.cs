using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Engine.Planning;

/// <summary>What a bar is made for: the settings and the bar's place in its answer. Ticks are the phrase's.</summary>
public readonly record struct BarSituation
{
    public required MusicSettings Settings { get; init; }

    public required MotifCharacter Character { get; init; }

    /// <summary>Anchored where the answer begins.</summary>
    public required MotifPattern Motif { get; init; }

    /// <summary>Motif and answer so far.</summary>
    public required IReadOnlyList<GridNote> Phrase { get; init; }

    public required Meter Meter { get; init; }

    /// <summary>At least 1, however short the host's meter.</summary>
    public int BarTicks => Math.Max(1, Meter.BarTicks);

    public required long StartTick { get; init; }

    public required long EndTick { get; init; }

    /// <summary>Bars until the answer's end, this one included; null where nobody knows.</summary>
    public int? BarsLeft { get; init; }
}

/// <summary>The controls of one bar, ready for the generator; the same for a network and for the fallback.</summary>
/// <param name="Given">Notes that are kept from the motif.</param>
public sealed record BarControls(NoteConstraints Constraints, BarSteering[] Steering, GridNote[] Given)
{
    /// <summary>Notes of a chord where chords answer a line.</summary>
    private const int NotesOfChord = 3;

    /// <summary>Full energy doubles the onsets, no energy halves them.</summary>
    private const double OctavesOfEnergy = 1;

    public static BarControls For(in BarSituation bar)
    {
        var steering = new List<BarSteering>();
        AddHarmony(bar, steering);
        AddRhythm(bar, steering);
        AddLine(bar, steering);
        var given = KeptDrums.Of(bar, steering);
        return new BarControls(ConstraintsOf(bar), [.. steering], given);
    }

    /// <summary>
    /// Notes may be held into the next bar, but an answer is over at the end of its last one: the next call may begin
    /// there. A cadence needs its voices from the beginning of its bar on.
    /// </summary>
    private static NoteConstraints ConstraintsOf(in BarSituation bar)
    {
        var endsHere = bar.BarsLeft == 1 || (bar.BarsLeft == 2 && bar.Settings.Ending == Ending.Cadence);
        return endsHere || bar.Settings.Keep == KeptAspect.Rhythm
            ? bar.Character.Constraints with { MaxRingOverTicks = 0 }
            : bar.Character.Constraints;
    }

    private static void AddHarmony(BarSituation bar, List<BarSteering> steering)
    {
        var character = bar.Character;
        if (character.Role == Role.Drums)
            return;
        if (character.Chords is { } lane)
        {
            Chord? ChordAt(long tick) => lane.At(bar.Meter, tick - bar.Motif.AnchorTick);
            steering.Add(new ChordGuide(ChordAt, character.Scale, character.ChordsAddTheirNotes, bar.Settings.ChordTones, bar.Meter, character.Role == Role.Bass));
        }
        if (IsLastOfCadence(bar))
            steering.Add(CadenceOf(bar));
    }

    private static bool IsLastOfCadence(in BarSituation bar) => bar.Settings.Ending == Ending.Cadence && bar.BarsLeft == 1;

    private static Cadence CadenceOf(in BarSituation bar)
    {
        var lastChord = bar.Character.Chords?.At(bar.Meter, bar.EndTick - 1 - bar.Motif.AnchorTick);
        if (lastChord is { IsNone: false } chord)
            return new Cadence(bar.Meter, chord.Root, chord.PitchClasses);
        if (bar.Character.Key is not { } key)
            return new Cadence(bar.Meter, -1, 0);
        var triad = Chord.Of(key.TonicPitchClass, key.Mode == Mode.Major ? ChordQuality.Major : ChordQuality.Minor);
        return new Cadence(bar.Meter, triad.Root, triad.PitchClasses);
    }

    private static void AddRhythm(in BarSituation bar, List<BarSteering> steering)
    {
        var settings = bar.Settings;
        if (settings.GridTicks > 0)
            steering.Add(new GridLock(settings.GridTicks));
        else if (GridLock.OfMotif(bar.Motif.Notes, bar.BarTicks) is { } gridOfMotif)
            steering.Add(gridOfMotif);
        if (settings.Keep == KeptAspect.Rhythm)
            steering.Add(new RhythmLock(bar.Motif, bar.Character.Constraints.MaxPolyphony));
        if (DensityOf(bar) is > 0 and var onsetsPerTick)
            steering.Add(new DensityTarget(onsetsPerTick));
        if (settings.Syncopation != 0)
            steering.Add(new SyncopationWeight(bar.Meter, settings.Syncopation));
        if (IsLastOfCadence(bar) && bar.Character.Role == Role.Drums)
            steering.Add(new Cadence(bar.Meter, -1, 0));
    }

    /// <summary>Onsets a tick, or 0 where they are free. The motif's own rhythm goes before any density.</summary>
    private static double DensityOf(in BarSituation bar)
    {
        var settings = bar.Settings;
        if (settings.Keep == KeptAspect.Rhythm)
            return 0;
        if (settings.NotesPerBeat > 0)
            return settings.NotesPerBeat / MetricalLevel.BeatTicks(bar.Meter);
        if (settings.Density == 0 && settings.Energy == 0)
            return 0;
        var factor = settings.Density > 0 ? settings.Density : Math.Pow(2, OctavesOfEnergy * settings.Energy);
        return factor * OnsetsOf(bar.Motif.Notes) / bar.Motif.LengthTicks;
    }

    /// <summary>Distinct onsets of notes that are sorted.</summary>
    internal static int OnsetsOf(ReadOnlySpan<GridNote> notes)
    {
        var onsets = 0;
        for (var i = 0; i < notes.Length; i++)
            onsets += i == 0 || notes[i].OnsetTick != notes[i - 1].OnsetTick ? 1 : 0;
        return onsets;
    }

    private static void AddLine(in BarSituation bar, List<BarSteering> steering)
    {
        var settings = bar.Settings;
        var isPitched = bar.Character.Role != Role.Drums;
        if (settings.Keep == KeptAspect.Contour && isPitched)
            steering.Add(new ContourLock(bar.Motif, OnsetsOfAnswer(bar)));
        if (bar.Character.MiddlePitch is { } middle)
            steering.Add(new RegisterWeight(middle));
        if (bar.Character is { ChangesRole: true, Role: Role.Chords } && settings.Keep != KeptAspect.Contour)
            steering.Add(new ChordSize(Math.Min(NotesOfChord, bar.Character.Constraints.MaxPolyphony)));
        if (settings.Leaps != 0 && isPitched)
            steering.Add(new LeapWeight(settings.Leaps));
        if (settings.FollowDynamics > 0)
            steering.Add(new AccentFollow(bar.Motif, settings.FollowDynamics));
        if (isPitched)
            steering.Add(new OrnamentLimit(bar.Character.Role, bar.Motif.Notes, bar.Phrase, bar.StartTick));
        if (settings.Closeness != 0)
            steering.Add(new MotifCloseness(bar.Motif, ClosenessWeights.At(settings.Closeness)));
        // An accompaniment may go on as it began, whatever the part does that it goes with.
        if (settings.Development > 0 && !bar.Character.Accompanies)
            steering.Add(new BarDevelopment(bar.Motif.Notes, bar.Phrase, bar.StartTick, bar.BarTicks, settings.Development));
    }

    private static int OnsetsOfAnswer(in BarSituation bar)
    {
        var (onsets, last) = (0, long.MinValue);
        foreach (var note in bar.Phrase)
        {
            if (note.OnsetTick < bar.Motif.AnchorTick || note.OnsetTick >= bar.StartTick || note.OnsetTick == last)
                continue;
            onsets++;
            last = note.OnsetTick;
        }
        return onsets;
    }
}
