using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Patterns;

/// <summary>
/// The classes of a pattern: up to sixteen quarters of music as a table of steps and pitches, which the VAE and the GAN
/// read and write as a whole. Models, shards and golden files are made for one version of it.
/// </summary>
public static class PatternVocabulary
{
    public const int Version = 1;

    /// <summary>Straight sixteenths and eighth-note and sixteenth-note triplets.</summary>
    public const int StepsPerQuarter = 8;

    public const int Quarters = 16;

    public const int Steps = Quarters * StepsPerQuarter;

    /// <summary>Pattern pitch 0, relative to a frame in which the tonic is a C and the mean lies near middle C.</summary>
    public const int LowestPitch = 24;

    public const int Pitches = 73;

    public const int Durations = 16;

    /// <summary>Notes that begin on a step: 0..5, and 6 or more.</summary>
    public const int Counts = 7;

    public const int MostVoices = Counts - 1;

    /// <summary>0 unknown, 1 major, 2 minor.</summary>
    public const int Modes = 3;

    /// <summary>One-hot role, mode and meter.</summary>
    public const int Conditions = NoteEventVocabulary.Roles + Modes + NoteEventVocabulary.MeterClasses;

    /// <summary>A quarter as the encoder reads it: how often each (step, pitch) and each (step, duration) occurs.</summary>
    public const int QuarterFeatures = StepsPerQuarter * (Pitches + Durations);

    private static readonly int[] StepTicks = [0, 4, 6, 8, 12, 16, 18, 20];

    private static readonly int[] DurationTicks = [2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 36, 48, 72, 96, 144, 192];

    /// <summary>Grid ticks from the pattern's start.</summary>
    public static int TickOfStep(int step) => (step / StepsPerQuarter * GridTime.TicksPerQuarter) + StepTicks[step % StepsPerQuarter];

    /// <summary>The nearest step, the earlier one of two; it may be the first one of the next quarter.</summary>
    public static int StepFromTick(int tick)
    {
        var (quarter, rest) = (tick / GridTime.TicksPerQuarter, tick % GridTime.TicksPerQuarter);
        var best = StepsPerQuarter;
        var distance = GridTime.TicksPerQuarter - rest;
        for (var i = StepsPerQuarter - 1; i >= 0; i--)
        {
            if (Math.Abs(StepTicks[i] - rest) > distance)
                continue;
            best = i;
            distance = Math.Abs(StepTicks[i] - rest);
        }
        return (quarter * StepsPerQuarter) + best;
    }

    /// <summary>Steps of a length that is a multiple of a sixteenth note; another one is rounded up.</summary>
    public static int StepsOf(int ticks) => (ticks + 2) / (GridTime.TicksPerQuarter / StepsPerQuarter);

    /// <summary>Bars of a whole pattern in a meter: 4, 2 or 1, or 0 where one bar is longer than a pattern.</summary>
    public static int BarsOf(Meter meter)
    {
        var bars = 4;
        while (bars > 0 && bars * meter.BarTicks > Quarters * GridTime.TicksPerQuarter)
            bars /= 2;
        return bars;
    }

    public static int TicksOfDuration(int duration) => DurationTicks[duration];

    /// <summary>The class nearest in ratio.</summary>
    public static int DurationFromTicks(int ticks)
    {
        var best = 0;
        for (var i = 1; i < DurationTicks.Length; i++)
        {
            if (Distance(DurationTicks[i], ticks) < Distance(DurationTicks[best], ticks))
                best = i;
        }
        return best;
    }

    public static int ModeFrom(Key? key) => key is { } k ? 1 + (int)k.Mode : 0;

    private static double Distance(int a, int b) => Math.Abs(Math.Log(a / (double)Math.Max(1, b)));
}
