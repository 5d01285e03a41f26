using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;

namespace MidiMuse.Inference.Patterns;

/// <summary>
/// Loudness of the steps of a pattern, taken from the notes that it was made from: most of the training music has no
/// dynamics, so a variation keeps the accents of its motif.
/// </summary>
public static class PatternAccents
{
    private const byte Ordinary = 80;

    /// <summary>The velocity of the note nearest to each step. // velocities [128]</summary>
    /// <param name="startTick">Tick of the first step.</param>
    public static void Fill(ReadOnlySpan<GridNote> notes, long startTick, Span<byte> velocities)
    {
        for (var step = 0; step < velocities.Length; step++)
        {
            var tick = startTick + PatternVocabulary.TickOfStep(step);
            var (nearest, velocity) = (long.MaxValue, Ordinary);
            foreach (ref readonly var note in notes)
            {
                if (Math.Abs(note.OnsetTick - tick) >= nearest)
                    continue;
                nearest = Math.Abs(note.OnsetTick - tick);
                velocity = (byte)Math.Clamp(note.Velocity, 1, 127);
            }
            velocities[step] = velocity;
        }
    }

    /// <summary>from + (to - from) * position, written over the first.</summary>
    public static void Blend(Span<byte> from, ReadOnlySpan<byte> to, double position)
    {
        for (var step = 0; step < from.Length; step++)
            from[step] = (byte)Math.Clamp((int)Math.Round(from[step] + ((to[step] - from[step]) * position)), 1, 127);
    }
}
