namespace MidiMuse.Core.Notes;

/// <summary>A note on the grid.</summary>
/// <param name="OnsetTick">Grid ticks (24 a quarter) from the start of the phrase, a bar line.</param>
/// <param name="DurationTicks">Grid ticks, at least 1.</param>
/// <param name="Pitch">MIDI note number, 0..127.</param>
/// <param name="Velocity">1..127.</param>
public readonly record struct GridNote(long OnsetTick, int DurationTicks, int Pitch, int Velocity)
{
    public long EndTick => OnsetTick + DurationTicks;
}
