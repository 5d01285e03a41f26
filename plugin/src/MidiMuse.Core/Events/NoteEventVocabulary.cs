using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Events;

/// <summary>
/// The classes of a note event's attributes and of what is known about it (those of its conditions: <see cref="ConditionVocabulary"/>). Models, training shards and golden
/// files are made for one version of this table; <see cref="Version"/> is stored in each of them.
/// </summary>
public static class NoteEventVocabulary
{
    public const int Version = 2;

    /// <summary>Time since the last onset: 0..96 ticks exactly, 102..192 by 6, 204..384 by 12, then End and Start.</summary>
    public const int TimeShiftValues = 129;

    /// <summary>Target class: the piece is over. As an input it does not occur.</summary>
    public const int TimeShiftEnd = 129;

    public const int TimeShiftTargets = 130;

    /// <summary>Input class of the event before the first one.</summary>
    public const int TimeShiftStart = 130;

    public const int TimeShiftInputs = 131;

    public const int PitchTargets = 128;

    public const int PitchStart = 128;

    public const int PitchInputs = 129;

    /// <summary>1..48 ticks exactly, 54..96 by 6, 108..192 by 12, 216..384 by 24.</summary>
    public const int DurationTargets = 72;

    public const int DurationStart = 72;

    public const int DurationInputs = 73;

    /// <summary>MIDI velocity in steps of four.</summary>
    public const int VelocityTargets = 32;

    /// <summary>The source has no dynamics: known to be unknown, never a target.</summary>
    public const int VelocityUnknown = 32;

    public const int VelocityStart = 33;

    public const int VelocityInputs = 34;

    /// <summary>Grid ticks since the bar line; longer bars share the last class.</summary>
    public const int Positions = 192;

    /// <summary>Bars since the start of the phrase, modulo 8.</summary>
    public const int BarPhases = 8;

    public const int Roles = 6;

    /// <summary>0 unknown, 1..12 major on C..B, 13..24 minor on C..B.</summary>
    public const int Keys = 25;

    public static readonly IReadOnlyList<Meter> Meters =
    [
        new(4, 4), new(3, 4), new(2, 4), new(6, 8), new(2, 2), new(3, 8), new(9, 8), new(12, 8),
        new(3, 2), new(5, 4), new(6, 4), new(7, 8), new(5, 8), new(7, 4), new(4, 8),
    ];

    /// <summary>Every other signature.</summary>
    public const int MeterOther = 15;

    public const int MeterClasses = 16;

    private static readonly int[] TimeShiftTicks = [.. Run(0, 96, 1), .. Run(102, 192, 6), .. Run(204, 384, 12)];

    private static readonly int[] DurationTicks = [.. Run(1, 48, 1), .. Run(54, 96, 6), .. Run(108, 192, 12), .. Run(216, 384, 24)];

    private static readonly byte[] TimeShiftOfTicks = Nearest(TimeShiftTicks);

    private static readonly byte[] DurationOfTicks = Nearest(DurationTicks);

    public static int TimeShiftToTicks(int timeShift) => TimeShiftTicks[timeShift];

    /// <summary>The class nearest to a number of ticks; longer than 384 is 384, below 0 is 0.</summary>
    public static int TimeShiftFromTicks(long ticks) => TimeShiftOfTicks[Math.Clamp(ticks, 0, TimeShiftOfTicks.Length - 1)];

    public static int DurationToTicks(int duration) => DurationTicks[duration];

    public static int DurationFromTicks(long ticks) => DurationOfTicks[Math.Clamp(ticks, 0, DurationOfTicks.Length - 1)];

    public static int VelocityFromMidi(int velocity) => Math.Clamp(velocity, 0, 127) >> 2;

    /// <summary>The middle of a velocity class, 2..126.</summary>
    public static int VelocityToMidi(int velocity) => (velocity << 2) + 2;

    public static int PositionFromTicks(long ticksInBar) => (int)Math.Clamp(ticksInBar, 0, Positions - 1);

    public static int MeterFrom(Meter meter)
    {
        for (var i = 0; i < Meters.Count; i++)
        {
            if (Meters[i] == meter)
                return i;
        }
        return MeterOther;
    }

    public static int KeyFrom(Key? key) =>
        key is { } k ? 1 + k.TonicPitchClass + (k.Mode == Mode.Minor ? 12 : 0) : 0;

    public static int RoleFrom(Role role) => (int)role;

    private static IEnumerable<int> Run(int first, int last, int step)
    {
        for (var i = first; i <= last; i += step)
            yield return i;
    }

    private static byte[] Nearest(int[] values)
    {
        var table = new byte[values[^1] + 1];
        for (var ticks = 0; ticks < table.Length; ticks++)
        {
            var best = 0;
            for (var i = 1; i < values.Length; i++)
            {
                if (Math.Abs(values[i] - ticks) < Math.Abs(values[best] - ticks))
                    best = i;
            }
            table[ticks] = (byte)best;
        }
        return table;
    }
}
