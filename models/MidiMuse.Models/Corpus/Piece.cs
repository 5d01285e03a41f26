using MidiMuse.Core.Harmony;
using MidiMuse.Core.Time;

namespace MidiMuse.Models.Corpus;

/// <summary>A time signature from a source tick on; bar lines tile from here.</summary>
public readonly record struct MeterChange(long Tick, Meter Meter);

/// <summary>A key signature from a source tick on. A null mode means that the source names only the signature.</summary>
public readonly record struct KeyChange(long Tick, int Fifths, Mode? Mode);

/// <summary>A piece of the corpus. Times are source ticks, <see cref="TicksPerQuarter"/> a quarter note.</summary>
public sealed record Piece(string Dataset, string Id, string Split, string Group, string Tier, string Licence, string Title)
{
    public const int TicksPerQuarter = 480;

    /// <summary>In order of time; the first one is at tick 0.</summary>
    public IReadOnlyList<MeterChange> Meters { get; init; } = [];

    public IReadOnlyList<KeyChange> Keys { get; init; } = [];

    /// <summary>Chords that the source names; empty where it names none.</summary>
    public IReadOnlyList<ChordChange> Chords { get; init; } = [];

    /// <summary>Source ticks at which the source says that a section begins.</summary>
    public IReadOnlyList<long> Sections { get; init; } = [];

    /// <summary>Genre and the like, in the source's words.</summary>
    public string Style { get; init; } = "";

    public IReadOnlyList<Track> Tracks { get; init; } = [];

    /// <summary>Source tick at which the last note of all tracks ends.</summary>
    public long EndTick => Tracks.Count == 0 ? 0 : Tracks.Max(t => t.EndTick);
}
