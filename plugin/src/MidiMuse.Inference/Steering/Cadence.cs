using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Steering;

/// <summary>
/// The last bar closes: its last attack stands on the bar's last strong beat, on the final chord's root or, without
/// chords, the tonic, and lasts to the bar's end; chords have the root lowest and only tones of the final chord.
/// Where the permitted pitches lack the root, its chord's tones serve, and without those any permitted pitch.
/// </summary>
/// <param name="root">Pitch class; -1 for drums, which only keep to the rhythm of it.</param>
/// <param name="tones">Pitch classes of the final chord: bit n = pitch class n.</param>
public sealed class Cadence(Meter meter, int root, int tones) : BarSteering
{
    private long _finalTick;
    private long _endTick;

    public override void Begin(long startTick, long endTick)
    {
        var strongTicks = MetricalLevel.StrongBeatTicks(meter);
        _finalTick = startTick + ((endTick - startTick - 1) / strongTicks * strongTicks);
        _endTick = endTick;
    }

    public override bool MayBegin(long tick) => tick <= _finalTick;

    public override long LatestOnset(in NextNote coming) => coming.LastOnsetTick < _finalTick ? _finalTick : long.MaxValue;

    public override ClassMask LimitPitches(in NextNote coming, long tick, in ClassMask pitches)
    {
        if (tick != _finalTick || root < 0)
            return pitches;
        var isLowest = coming.LastOnsetTick != _finalTick;
        var kept = PitchClassMasks.Keep(pitches, isLowest ? 1 << root : tones);
        if (kept.IsEmpty)
            kept = PitchClassMasks.Keep(pitches, tones);
        return kept.IsEmpty ? pitches : kept;
    }

    public override (int Shortest, int Longest) Durations(in NextNote coming)
    {
        if (coming.OnsetTick < _finalTick)
            return (1, (int)(_finalTick - coming.OnsetTick));
        var ticks = (int)Math.Max(1, _endTick - coming.OnsetTick);
        return root < 0 ? (1, ticks) : (ticks, ticks);
    }
}
