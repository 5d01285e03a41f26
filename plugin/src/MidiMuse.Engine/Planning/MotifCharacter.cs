using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Capture;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Engine.Planning;

/// <summary>What the engine understands of a motif: its role, its key, and what an answer must keep to.</summary>
/// <param name="Constraints">The pitches are those of the scale and of every chord that may add its own.</param>
public sealed record MotifCharacter(Role Role, Key? Key, NoteConstraints Constraints)
{
    /// <summary>General MIDI percussion.</summary>
    internal const int DrumChannel = 9;

    /// <summary>An answer may leave the motif's range by a fifth on either side.</summary>
    private const int RangeMargin = 7;

    /// <summary>A range is at least this wide where one of its ends is fixed and the other is not.</summary>
    private const int NarrowestRange = 12;

    /// <summary>MIDI velocities by which an answer may be softer or louder than the motif's softest and loudest note.</summary>
    private const int VelocityMargin = 6;

    /// <summary>MIDI velocities by which full energy moves the range of velocities.</summary>
    private const double EnergyVelocity = 24;

    /// <summary>Semitones by which full valence moves the range.</summary>
    private const double ValenceSemitones = 5;

    /// <summary>An answer may sound this many notes at once beyond what the motif does, where the motif has chords at all.</summary>
    private const int ExtraVoices = 1;

    /// <summary>A note may be held over its bar's end for a half note: ties are music, but bars must stay replaceable.</summary>
    private const int RingOverTicks = 2 * GridTime.TicksPerQuarter;

    /// <summary>A line whose mean pitch lies below D3 (MIDI 50) is a bass.</summary>
    private const int BassCeiling = 50;

    /// <summary>The percussion key map of General MIDI 1 begins here.</summary>
    private const int LowestDrum = 35;

    private const int HighestDrum = 81;

    /// <summary>Drums have no key; what plays to them is in C major unless Key and Scale say otherwise.</summary>
    private static readonly Key KeyOverDrums = new(0, Mode.Major);

    /// <summary>Pitch classes that may sound over every chord.</summary>
    public PitchClassSet Scale { get; private init; } = PitchClassSet.Chromatic;

    /// <summary>Whether chords may bring notes that the scale lacks: a scale that the player fixed stays as it is.</summary>
    public bool ChordsAddTheirNotes { get; private init; }

    /// <summary>The pitch around which the answer should lie where settings move it; null where the model decides.</summary>
    public double? MiddlePitch { get; private init; }

    /// <summary>Whether the answer plays another role than the motif.</summary>
    public bool ChangesRole { get; private init; }

    /// <summary>The progression of the answer, or null.</summary>
    public ChordLane? Chords { get; private init; }

    /// <summary>Whether the answer plays along with the motif instead of going on with it.</summary>
    public bool Accompanies { get; private init; }

    public static MotifCharacter Of(AnswerFrame frame, in MusicSettings settings) =>
        Of(frame.Motif, frame.Part?.Notes ?? frame.MotifGrid, frame.Part, settings);

    public static MotifCharacter Of(Motif motif, ReadOnlySpan<GridNote> grid, in MusicSettings settings) => Of(motif, grid, null, settings);

    private static MotifCharacter Of(Motif motif, ReadOnlySpan<GridNote> grid, HeardPart? part, in MusicSettings settings)
    {
        var heardRole = RoleOf(motif, grid);
        var role = settings.Role ?? (part is null ? heardRole : Accompaniment.RoleTo(heardRole));
        if (role == Role.Drums)
        {
            var drums = new NoteConstraints(PitchClassSet.Chromatic, settings.LowNote ?? LowestDrum, Math.Max(settings.LowNote ?? LowestDrum, settings.HighNote ?? HighestDrum))
            {
                MaxPolyphony = settings.Voices ?? NoteConstraints.None.MaxPolyphony,
            };
            return new MotifCharacter(role, null, WithDynamicsOf(grid, drums, settings)) { Accompanies = part is not null };
        }
        ReadOnlySpan<GridNote> pitched = heardRole == Role.Drums ? [] : grid;
        var detected = heardRole == Role.Drums ? KeyOverDrums : KeyFinder.Find(pitched)?.Key;
        var asked = KeyOf(detected, settings);
        var key = Brighter(asked, settings, out var brightness);
        var chords = ChordsOf(motif, pitched, part, detected, asked, settings);
        var scale = PitchClasses(pitched, key, brightness, settings);
        var addsNotes = chords is not null && settings.LocksPitches && settings.FixedScale is null;
        var allowed = new PitchClassSet(scale | (addsNotes ? chords!.PitchClasses : 0));
        // An accompaniment leaves the player's register alone, even where it plays the same role.
        var isRoleOfMotif = role == heardRole && part is null;
        var constraints = WithDynamicsOf(grid, Allowed(grid, allowed, role, isRoleOfMotif, settings), settings);
        return new MotifCharacter(role, key, constraints)
        {
            Scale = new PitchClassSet(scale),
            ChordsAddTheirNotes = addsNotes,
            Chords = chords,
            ChangesRole = !isRoleOfMotif,
            MiddlePitch = MiddleOf(grid, role, isRoleOfMotif, settings),
            Accompanies = part is not null,
        };
    }

    private static double? MiddleOf(ReadOnlySpan<GridNote> grid, Role role, bool isRoleOfMotif, in MusicSettings settings)
    {
        if (grid.IsEmpty || settings is { LowNote: not null, HighNote: not null } || (isRoleOfMotif && settings is { Octave: 0, Valence: 0 }))
            return null;
        var sum = 0;
        foreach (var note in grid)
            sum += note.Pitch;
        var (lowest, highest) = RangeOf(role);
        var middle = isRoleOfMotif ? sum / (double)grid.Length : (lowest + highest) / 2.0;
        return middle + (12 * settings.Octave) + (ValenceSemitones * settings.Valence);
    }

    private static Role RoleOf(Motif motif, ReadOnlySpan<GridNote> grid)
    {
        if (motif.Channel == DrumChannel)
            return Role.Drums;
        if (grid.IsEmpty)
            return Role.Melody;
        var onsets = 1;
        var pitchSum = grid[0].Pitch;
        for (var i = 1; i < grid.Length; i++)
        {
            pitchSum += grid[i].Pitch;
            if (grid[i].OnsetTick != grid[i - 1].OnsetTick)
                onsets++;
        }
        var notesPerOnset = grid.Length / (double)onsets;
        if (notesPerOnset >= 2.5)
            return Role.Chords;
        if (notesPerOnset >= 1.4)
            return Role.Piano;
        return pitchSum / (double)grid.Length < BassCeiling ? Role.Bass : Role.Melody;
    }

    private static Key? KeyOf(Key? detected, in MusicSettings settings)
    {
        var mode = settings.FixedScale is { } scale ? ModeOf(scale) : detected?.Mode ?? Mode.Major;
        if (settings.TonicPitchClass is { } tonic)
            return new Key(tonic, mode);
        return detected is { } key ? key with { Mode = mode } : null;
    }

    /// <summary>The mode whose third the scale has.</summary>
    private static Mode ModeOf(Scale scale) => (scale.Mask & (1 << 4)) != 0 ? Mode.Major : Mode.Minor;

    /// <summary>Valence changes the mode on the same tonic, unless the player fixed the scale or lifted the lock.</summary>
    private static Key? Brighter(Key? key, in MusicSettings settings, out Scale? brightness)
    {
        brightness = null;
        if (key is not { } known || settings.FixedScale is not null || !settings.LocksPitches)
            return key;
        var mode = ModeBrightness.Shift(known.Mode, settings.Valence);
        if (mode == Core.Harmony.Scale.Of(known.Mode))
            return key;
        brightness = mode;
        return known with { Mode = ModeOf(mode) };
    }

    /// <summary>What accompanies listens for the chords where none are given, and a given progression begins with the part.</summary>
    /// <param name="heard">The key of the motif, for chords that are found in it.</param>
    /// <param name="asked">The key that Roman numerals count from.</param>
    private static ChordLane? ChordsOf(Motif motif, ReadOnlySpan<GridNote> grid, HeardPart? part, Key? heard, Key? asked, in MusicSettings settings)
    {
        if (settings.ChordSource == ChordSource.Off)
            return null;
        if (settings.ChordSource == ChordSource.Given && settings.Chords is { } given)
            return given.In(asked ?? KeyOverDrums).From(part is null ? 0 : motif.Bars);
        if (part is not null)
            return grid.IsEmpty ? null : Accompaniment.ChordsOf(part, motif.Meter, motif.Bars, heard);
        return settings.ChordSource == ChordSource.Motif
            ? ChordFinder.Find(grid, GridTime.ToTick(motif.EndPpq - motif.StartPpq), motif.Meter, heard)
            : null;
    }

    private static NoteConstraints Allowed(ReadOnlySpan<GridNote> grid, PitchClassSet pitchClasses, Role role, bool isRoleOfMotif, in MusicSettings settings)
    {
        if (grid.IsEmpty)
            return NoteConstraints.None;
        var (lowest, highest) = RangeOf(grid, role, isRoleOfMotif, settings);
        return new NoteConstraints(pitchClasses, lowest, highest)
        {
            MaxPolyphony = settings.Voices ?? (isRoleOfMotif ? VoicesOf(grid) : VoicesOf(role)),
            MaxRingOverTicks = RingOverTicks,
        };
    }

    private static (int Lowest, int Highest) RangeOf(ReadOnlySpan<GridNote> grid, Role role, bool isRoleOfMotif, in MusicSettings settings)
    {
        var (lowest, highest) = isRoleOfMotif ? RangeOf(grid) : RangeOf(role);
        var shift = (12 * settings.Octave) + (int)Math.Round(ValenceSemitones * settings.Valence);
        lowest = settings.LowNote ?? Math.Clamp(lowest + shift, 0, 127 - NarrowestRange);
        highest = settings.HighNote ?? Math.Clamp(highest + shift, NarrowestRange, 127);
        if (lowest <= highest)
            return (lowest, highest);
        if (settings.LowNote is not null && settings.HighNote is not null)
            return (highest, lowest);
        return settings.LowNote is not null
            ? (lowest, Math.Min(127, lowest + NarrowestRange))
            : (Math.Max(0, highest - NarrowestRange), highest);
    }

    private static (int Lowest, int Highest) RangeOf(ReadOnlySpan<GridNote> grid)
    {
        int lowest = 127, highest = 0;
        foreach (var note in grid)
        {
            lowest = Math.Min(lowest, note.Pitch);
            highest = Math.Max(highest, note.Pitch);
        }
        return (Math.Max(0, lowest - RangeMargin), Math.Min(127, highest + RangeMargin));
    }

    /// <summary>The usual range of a role, for a motif that plays another one.</summary>
    private static (int Lowest, int Highest) RangeOf(Role role) => role switch
    {
        Role.Bass => (28, 52),
        Role.Chords => (48, 76),
        Role.Piano => (40, 84),
        _ => (57, 84),
    };

    private static int VoicesOf(Role role) => role is Role.Chords or Role.Piano ? 4 : 1;

    /// <summary>
    /// An answer is as loud as the motif, give or take. Most of the training data has no dynamics, and a model alone
    /// would answer a gentle motif with accents.
    /// </summary>
    private static NoteConstraints WithDynamicsOf(ReadOnlySpan<GridNote> grid, NoteConstraints constraints, in MusicSettings settings)
    {
        if (grid.IsEmpty)
            return constraints;
        int softest = 127, loudest = 1;
        foreach (var note in grid)
        {
            softest = Math.Min(softest, note.Velocity);
            loudest = Math.Max(loudest, note.Velocity);
        }
        var shift = (int)Math.Round(EnergyVelocity * settings.Energy);
        var lowest = settings.Softest ?? Math.Clamp(softest - VelocityMargin + shift, 1, 127);
        var highest = settings.Loudest ?? Math.Clamp(loudest + VelocityMargin + shift, 1, 127);
        if (lowest > highest && settings.Softest is null)
            lowest = highest;
        else if (lowest > highest && settings.Loudest is null)
            highest = lowest;
        return constraints.WithVelocities(Math.Min(lowest, highest), Math.Max(lowest, highest));
    }

    /// <summary>A line stays a line; notes that overlap by less than a sixteenth are legato, not chords.</summary>
    private static int VoicesOf(ReadOnlySpan<GridNote> grid)
    {
        const int LegatoTicks = GridTime.TicksPerQuarter / 4;
        var most = 1;
        for (var i = 0; i < grid.Length; i++)
        {
            var sounding = 1;
            for (var j = 0; j < i; j++)
            {
                if (grid[j].EndTick - LegatoTicks > grid[i].OnsetTick || grid[j].OnsetTick == grid[i].OnsetTick)
                    sounding++;
            }
            most = Math.Max(most, sounding);
        }
        return most == 1 ? 1 : most + ExtraVoices;
    }

    private static int PitchClasses(ReadOnlySpan<GridNote> grid, Key? key, Scale? brightness, in MusicSettings settings)
    {
        if (!settings.LocksPitches || key is not { } known)
            return Core.Harmony.Scale.Chromatic.Mask;
        if ((settings.FixedScale ?? brightness) is { } scale)
            return scale.PitchClassesOn(known.TonicPitchClass);
        var mask = (int)Core.Harmony.Scale.Of(known.Mode).PitchClassesOn(known.TonicPitchClass);
        foreach (var note in grid)
            mask |= 1 << (note.Pitch % 12);
        return mask;
    }
}
