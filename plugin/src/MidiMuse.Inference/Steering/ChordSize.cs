namespace MidiMuse.Inference.Steering;

/// <summary>
/// A weight towards chords of a number of notes, for a motif that has none: while a chord is smaller, another note at
/// the same time gains 5 nats, and beyond it loses as many.
/// </summary>
public sealed class ChordSize(int notes) : BarSteering
{
    private const double Nats = 5;

    public override double OnsetNats(in NextNote coming, long tick)
    {
        if (coming.OnsetsInBar == 0 || tick != coming.LastOnsetTick)
            return 0;
        return coming.NotesAtOnset < notes ? Nats : -Nats;
    }

    public override void WeighPitches(in NextNote coming, Span<float> logits)
    {
        // A chord's first note is its lowest one: it leaves room for the others, which are thirds and fourths above.
        if (!coming.JoinsChord || coming.OnsetsInBar == 0)
            return;
        for (var pitch = 0; pitch < logits.Length; pitch++)
        {
            if (pitch - coming.LastPitch is < 3 or > 5)
                logits[pitch] -= (float)Nats;
        }
    }
}
