using MidiMuse.Core.Time;

namespace MidiMuse.Engine.Link;

/// <summary>
/// What the audio thread last said about the host's transport. Positions are timeline ppq: the project position,
/// unwrapped over loop wraps, so that within one epoch it only grows.
/// </summary>
public readonly record struct TransportSnapshot
{
    /// <summary>Positions nearer than this are the same: half a millionth of a quarter is far below one sample.</summary>
    public const double ResolutionPpq = 1e-7;

    public double BlockStartPpq { get; init; }

    public double BlockEndPpq { get; init; }

    /// <summary>The bar line at or before <see cref="BlockStartPpq"/>.</summary>
    public double BarStartPpq { get; init; }

    /// <summary>The host's own position at the block's start; the timeline runs ahead of it by the loops played.</summary>
    public double ProjectPpq { get; init; }

    /// <summary>Loop in project positions; empty where the host does not loop.</summary>
    public double CycleStartPpq { get; init; }

    public double CycleEndPpq { get; init; }

    public double TempoBpm { get; init; }

    public Meter Meter { get; init; }

    /// <summary>Grows at every start, stop and locate.</summary>
    public uint Epoch { get; init; }

    /// <summary>Grows when the signature, or the phase of the bar line, changes within an epoch.</summary>
    public uint GridGeneration { get; init; }

    public bool Playing { get; init; }

    /// <summary>The host renders faster or slower than real time and waits for the plan.</summary>
    public bool Offline { get; init; }

    public bool Cycling => CycleEndPpq > CycleStartPpq;

    /// <summary>Timeline position minus project position in this pass of the loop.</summary>
    public double PassOffsetPpq => BlockStartPpq - ProjectPpq;

    /// <summary>The first bar line at or after a position, by this snapshot's grid.</summary>
    public double BarLineAtOrAfter(double ppq) =>
        BarStartPpq + (Math.Ceiling((ppq - BarStartPpq - ResolutionPpq) / Meter.BarPpq) * Meter.BarPpq);

    /// <summary>The last bar line at or before a position, by this snapshot's grid.</summary>
    public double BarLineAtOrBefore(double ppq) =>
        BarStartPpq + (Math.Floor((ppq - BarStartPpq + ResolutionPpq) / Meter.BarPpq) * Meter.BarPpq);
}
