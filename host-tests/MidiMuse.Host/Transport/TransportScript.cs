using MidiMuse.Core.Time;

namespace MidiMuse.Host.Transport;

/// <summary>How a host plays a loop.</summary>
public enum LoopStyle
{
    /// <summary>A block ends at the loop's end, the next begins at its start (Ardour).</summary>
    Split,

    /// <summary>A block goes on over the loop's end; only the next one's position shows the wrap.</summary>
    Cross,
}

/// <summary>What a host reports as the last bar's start.</summary>
public enum BarPosition
{
    /// <summary>The bar line's ppq, as the header says.</summary>
    BarLine,

    /// <summary>Bars times 4, one-based (Ardour 7).</summary>
    BarNumberTimesFour,

    /// <summary>Not at all.</summary>
    Missing,
}

/// <param name="StartPpq">Project position.</param>
/// <param name="EndPpq">Project position, after the start.</param>
public readonly record struct LoopRange(double StartPpq, double EndPpq, LoopStyle Style = LoopStyle.Split);

/// <summary>The playhead is moved while the transport rolls.</summary>
/// <param name="AtPlayedPpq">Quarter notes played since the start of the script.</param>
/// <param name="ToPpq">Project position.</param>
public readonly record struct Locate(double AtPlayedPpq, double ToPpq);

/// <summary>The transport stands still for so many blocks and then goes on where it was.</summary>
public readonly record struct Pause(double AtPlayedPpq, int Blocks);

/// <summary>
/// What the transport of a host does, and how it reports it. "Played" positions count the quarter notes that were
/// played, whatever the playhead did: they begin at <see cref="StartPpq"/> and only grow.
/// </summary>
public sealed record TransportScript
{
    /// <summary>Project position at which playing begins; negative with preroll.</summary>
    public double StartPpq { get; init; }

    /// <summary>Over project positions.</summary>
    public TempoMap Tempos { get; init; } = TempoMap.Constant(120);

    /// <summary>Over project positions.</summary>
    public MeterMap Meters { get; init; } = MeterMap.Constant(Meter.CommonTime);

    public LoopRange? Loop { get; init; }

    /// <summary>In order of position.</summary>
    public IReadOnlyList<Locate> Locates { get; init; } = [];

    /// <summary>In order of position.</summary>
    public IReadOnlyList<Pause> Pauses { get; init; } = [];

    /// <summary>The host's ppq is a multiple of this (Ardour: 1/1920); 0 = exact.</summary>
    public double ReportedPpqStep { get; init; }

    public BarPosition BarPosition { get; init; }
}
