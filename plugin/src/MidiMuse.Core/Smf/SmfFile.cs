namespace MidiMuse.Core.Smf;

/// <summary>What a tick is: a part of a quarter note, or a part of a time code frame.</summary>
public readonly record struct SmfDivision
{
    private SmfDivision(int ticksPerQuarter, int framesPerSecond, int ticksPerFrame)
    {
        TicksPerQuarter = ticksPerQuarter;
        FramesPerSecond = framesPerSecond;
        TicksPerFrame = ticksPerFrame;
    }

    /// <summary>1..32767; 0 with a time code division.</summary>
    public int TicksPerQuarter { get; }

    /// <summary>24, 25, 29 (30 drop frame) or 30; 0 with a musical division.</summary>
    public int FramesPerSecond { get; }

    /// <summary>1..255; 0 with a musical division.</summary>
    public int TicksPerFrame { get; }

    public bool IsTimeCode => FramesPerSecond != 0;

    /// <exception cref="ArgumentOutOfRangeException">Outside 1..32767.</exception>
    public static SmfDivision Musical(int ticksPerQuarter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ticksPerQuarter, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ticksPerQuarter, 0x7FFF);
        return new SmfDivision(ticksPerQuarter, 0, 0);
    }

    /// <exception cref="ArgumentOutOfRangeException">A frame rate that time code does not have, or ticks outside 1..255.</exception>
    public static SmfDivision TimeCode(int framesPerSecond, int ticksPerFrame)
    {
        if (framesPerSecond is not (24 or 25 or 29 or 30))
            throw new ArgumentOutOfRangeException(nameof(framesPerSecond), framesPerSecond, "Time code has 24, 25, 29 or 30 frames a second.");
        ArgumentOutOfRangeException.ThrowIfLessThan(ticksPerFrame, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ticksPerFrame, 255);
        return new SmfDivision(0, framesPerSecond, ticksPerFrame);
    }
}

/// <summary>A track: its events in order, without the end of track.</summary>
/// <param name="Events">Ticks never decrease.</param>
/// <param name="EndTick">Where the end of track stands; not before the last event.</param>
public sealed record SmfTrack(IReadOnlyList<SmfEvent> Events, long EndTick);

/// <summary>A Standard MIDI File as it is written: every event kept, nothing interpreted.</summary>
/// <param name="Format">0 (one track) or 1 (tracks that play together).</param>
public sealed record SmfFile(int Format, SmfDivision Division, IReadOnlyList<SmfTrack> Tracks);
