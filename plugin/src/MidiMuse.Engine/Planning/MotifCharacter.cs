using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Capture;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Engine.Planning;

/// <summary>What the engine understands of a motif: its role, its key, and what an answer must keep to.</summary>
public sealed record MotifCharacter(Role Role, Key? Key, NoteConstraints Constraints)
{
    /// <summary>General MIDI percussion.</summary>
    private const int DrumChannel = 9;

    /// <summary>An answer may leave the motif's range by a fifth on either side.</summary>
    private const int RangeMargin = 7;

    /// <summary>MIDI velocities by which an answer may be softer or louder than the motif's softest and loudest note.</summary>
    private const int VelocityMargin = 6;

    /// <summary>An answer may sound this many notes at once beyond what the motif does, where the motif has chords at all.</summary>
    private const int ExtraVoices = 1;

    /// <summary>A note may be held over its bar's end for a half note: ties are music, but bars must stay replaceable.</summary>
    private const int RingOverTicks = 2 * GridTime.TicksPerQuarter;

    /// <summary>A line whose mean pitch lies below D3 (MIDI 50) is a bass.</summary>
    private const int BassCeiling = 50;

    /// <summary>The percussion key map of General MIDI 1 begins here.</summary>
    private const int LowestDrum = 35;

    private const int HighestDrum = 81;

    public static MotifCharacter Of(Motif motif, ReadOnlySpan<GridNote> grid, in MusicSettings settings)
    {
        var role = settings.Role ?? RoleOf(motif, grid);
        if (role == Role.Drums)
            return new MotifCharacter(role, null, WithDynamicsOf(grid, new NoteConstraints(PitchClassSet.Chromatic, LowestDrum, HighestDrum)));
        var detected = KeyFinder.Find(grid)?.Key;
        var key = KeyOf(detected, settings);
        return new MotifCharacter(role, key, WithDynamicsOf(grid, Allowed(grid, key, settings)));
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

    private static NoteConstraints Allowed(ReadOnlySpan<GridNote> grid, Key? key, in MusicSettings settings)
    {
        if (grid.IsEmpty)
            return NoteConstraints.None;
        int lowest = 127, highest = 0;
        foreach (var note in grid)
        {
            lowest = Math.Min(lowest, note.Pitch);
            highest = Math.Max(highest, note.Pitch);
        }
        return new NoteConstraints(
            new PitchClassSet(PitchClasses(grid, key, settings)),
            Math.Max(0, lowest - RangeMargin),
            Math.Min(127, highest + RangeMargin))
        {
            MaxPolyphony = VoicesOf(grid),
            MaxRingOverTicks = RingOverTicks,
        };
    }

    /// <summary>
    /// An answer is as loud as the motif, give or take. Most of the training data has no dynamics, and a model alone
    /// would answer a gentle motif with accents.
    /// </summary>
    private static NoteConstraints WithDynamicsOf(ReadOnlySpan<GridNote> grid, NoteConstraints constraints)
    {
        if (grid.IsEmpty)
            return constraints;
        int softest = 127, loudest = 1;
        foreach (var note in grid)
        {
            softest = Math.Min(softest, note.Velocity);
            loudest = Math.Max(loudest, note.Velocity);
        }
        return constraints.WithVelocities(Math.Max(1, softest - VelocityMargin), Math.Min(127, loudest + VelocityMargin));
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

    private static int PitchClasses(ReadOnlySpan<GridNote> grid, Key? key, in MusicSettings settings)
    {
        if (!settings.LocksPitches || key is not { } known)
            return Scale.Chromatic.Mask;
        if (settings.FixedScale is { } scale)
            return scale.PitchClassesOn(known.TonicPitchClass);
        var mask = (int)Scale.Of(known.Mode).PitchClassesOn(known.TonicPitchClass);
        foreach (var note in grid)
            mask |= 1 << (note.Pitch % 12);
        return mask;
    }
}
