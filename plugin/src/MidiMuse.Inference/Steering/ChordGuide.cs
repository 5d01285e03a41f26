using MidiMuse.Core.Harmony;
using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Steering;

/// <summary>
/// The chord of the moment. Limits: between a chord's borrowed notes and other chords' ones nothing is mixed, and at
/// strength 1 every note that begins on a strong beat is a chord tone. Weights: below 1 chord tones gain nats on
/// strong beats, and a quarter of them elsewhere.
/// </summary>
/// <param name="chordAt">Chord by phrase tick; null or <see cref="Chord.None"/> where there is none.</param>
/// <param name="scale">Pitch classes that may sound over every chord.</param>
/// <param name="addsChordTones">Whether a chord's own notes may sound even where the scale lacks them.</param>
/// <param name="strength">0..1.</param>
/// <param name="prefersRoot">On strong beats the bass note of the chord gains nats too, as bass lines have it.</param>
public sealed class ChordGuide(Func<long, Chord?> chordAt, PitchClassSet scale, bool addsChordTones, double strength, Meter meter, bool prefersRoot) : BarSteering
{
    private const double StrongNats = 5;
    private const double WeakShare = 0.25;
    private const double RootNats = 2;

    private long _startTick;

    public override void Begin(long startTick, long endTick) => _startTick = startTick;

    public override ClassMask LimitPitches(in NextNote coming, long tick, in ClassMask pitches)
    {
        var chord = chordAt(tick);
        var tones = chord is { IsNone: false } known ? known.PitchClasses : 0;
        var permitted = scale.Bits | (addsChordTones ? tones : 0);
        if (tones != 0 && strength >= 1 && IsStrong(tick))
            permitted &= tones;
        return PitchClassMasks.Keep(pitches, permitted);
    }

    public override void WeighPitches(in NextNote coming, Span<float> logits)
    {
        if (chordAt(coming.OnsetTick) is not { IsNone: false } chord)
            return;
        var isStrong = IsStrong(coming.OnsetTick);
        var nats = StrongNats * strength * (isStrong ? 1 : WeakShare);
        for (var pitch = 0; pitch < logits.Length; pitch++)
        {
            if (!chord.Contains(pitch))
                continue;
            logits[pitch] += (float)nats;
            if (prefersRoot && isStrong && pitch % 12 == chord.Bass)
                logits[pitch] += (float)(RootNats * strength);
        }
    }

    private bool IsStrong(long tick) => MetricalLevel.IsStrong(meter, tick - _startTick);
}
