using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Events;

/// <summary>
/// What a stretch of music is like, in numbers: the measures behind the condition classes. The same code labels the
/// training music, the motif that somebody plays, and checks whether an answer is as it was asked to be.
/// </summary>
/// <param name="OnsetsPerQuarter">Distinct onsets a quarter.</param>
/// <param name="MeanPitch">Mean MIDI pitch of the notes.</param>
/// <param name="Voices">Notes sounding together, over the time in which anything sounds.</param>
/// <param name="Valence">-1 dark .. 1 bright; null where the mode is not known.</param>
/// <param name="Energy">-1 calm .. 1 driving.</param>
public readonly record struct PhraseCharacter(double OnsetsPerQuarter, double MeanPitch, double Voices, double? Valence, double Energy)
{
    /// <summary>Bars that one value of density, register, polyphony, valence and energy describes.</summary>
    public const int WindowBars = 4;

    private const double UsualPitch = 62;
    private const double UsualVelocity = 72;

    /// <summary>Null without notes.</summary>
    /// <param name="notes">The notes that begin in the stretch, sorted by onset.</param>
    /// <param name="ticks">Length of the stretch in grid ticks.</param>
    /// <param name="mode">Of the key; null where it is unknown, and for drums.</param>
    /// <param name="velocityIsKnown">False where the source has no dynamics.</param>
    public static PhraseCharacter? Of(ReadOnlySpan<GridNote> notes, long ticks, Mode? mode, bool velocityIsKnown)
    {
        if (notes.IsEmpty || ticks <= 0)
            return null;
        var onsets = 0;
        long lastOnset = long.MinValue, covered = 0, until = long.MinValue, sounding = 0;
        double pitch = 0, velocity = 0;
        foreach (ref readonly var note in notes)
        {
            if (note.OnsetTick != lastOnset)
                onsets++;
            lastOnset = note.OnsetTick;
            pitch += note.Pitch;
            velocity += note.Velocity;
            sounding += note.DurationTicks;
            var begin = Math.Max(note.OnsetTick, until);
            covered += Math.Max(0, note.EndTick - begin);
            until = Math.Max(until, note.EndTick);
        }
        var density = onsets * (double)Time.GridTime.TicksPerQuarter / ticks;
        pitch /= notes.Length;
        velocity /= notes.Length;
        return new PhraseCharacter(
            density,
            pitch,
            covered > 0 ? sounding / (double)covered : 1,
            ValenceOf(mode, pitch, density),
            EnergyOf(density, velocityIsKnown ? velocity : null));
    }

    /// <summary>The classes of the measures. For drums, register and valence mean nothing and are not given.</summary>
    public NoteConditions ToConditions(Role role) => new()
    {
        Density = ConditionVocabulary.DensityFrom(OnsetsPerQuarter),
        Register = role == Role.Drums ? (byte)0 : ConditionVocabulary.RegisterFrom(MeanPitch),
        Polyphony = ConditionVocabulary.PolyphonyFrom(Voices),
        Valence = role != Role.Drums && Valence is { } valence ? ConditionVocabulary.ValenceFrom(valence) : (byte)0,
        Energy = ConditionVocabulary.EnergyFrom(Energy),
    };

    /// <summary>
    /// Mostly the mode, then register and movement: major, high and lively is bright. After the findings that Gabrielsson
    /// and Lindström collect (The role of structure in the musical expression of emotions, 2010); the weights are ours.
    /// </summary>
    private static double? ValenceOf(Mode? mode, double pitch, double density)
    {
        if (mode is not { } known)
            return null;
        var register = Math.Clamp((pitch - UsualPitch) / 18, -1, 1);
        return (known == Mode.Major ? 0.5 : -0.5) + (0.3 * register) + (0.2 * Movement(density));
    }

    /// <summary>Movement, and loudness where it is known.</summary>
    private static double EnergyOf(double density, double? velocity) =>
        velocity is { } loud ? (0.6 * Movement(density)) + (0.4 * Math.Clamp((loud - UsualVelocity) / 36, -1, 1)) : Movement(density);

    /// <summary>-1 at half an onset a quarter, 0 at 1.5, 1 at 4.5, on a logarithmic scale.</summary>
    private static double Movement(double density) => Math.Clamp(Math.Log(Math.Max(density, 0.01) / 1.5) / Math.Log(3), -1, 1);
}
