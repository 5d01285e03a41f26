using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;

namespace MidiMuse.Inference.Steering;

/// <summary>Velocities follow those of the motif at the corresponding place: its accents, its crescendo.</summary>
/// <param name="amount">0..1; at 1 a velocity that is 8 away costs 2 nats.</param>
public sealed class AccentFollow(MotifPattern motif, double amount) : BarSteering
{
    private readonly List<GridNote> _notes = [];

    public override void Begin(long startTick, long endTick) => motif.CopyTo(startTick, endTick, _notes);

    public override void WeighVelocities(in NextNote coming, Span<float> logits)
    {
        if (VelocityAt(coming.OnsetTick) is not { } velocity)
            return;
        var target = NoteEventVocabulary.VelocityFromMidi(velocity);
        for (var i = 0; i < logits.Length; i++)
            logits[i] -= (float)(0.5 * amount * (i - target) * (i - target));
    }

    /// <summary>The loudest note of the motif's last attack up to here, in this bar's part of it.</summary>
    private int? VelocityAt(long tick)
    {
        int? velocity = null;
        var onset = long.MinValue;
        foreach (var note in _notes)
        {
            if (note.OnsetTick > tick && velocity is not null)
                break;
            velocity = note.OnsetTick == onset ? Math.Max(velocity ?? 0, note.Velocity) : note.Velocity;
            onset = note.OnsetTick;
        }
        return velocity;
    }
}
