using MidiMuse.Core.Harmony;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Clips;

/// <summary>A note of a clip.</summary>
/// <param name="OnsetTick">Clip ticks from the clip's start, at least 0.</param>
/// <param name="DurationTicks">Clip ticks, at least 0.</param>
/// <param name="Pitch">MIDI note number, 0..127.</param>
/// <param name="Velocity">1..127.</param>
/// <param name="Channel">0..15.</param>
/// <param name="ReleaseVelocity">0..127; 64 where the source has none.</param>
public readonly record struct ClipNote(
    long OnsetTick,
    long DurationTicks,
    int Pitch,
    int Velocity,
    int Channel = 0,
    int ReleaseVelocity = ClipNote.UnknownReleaseVelocity)
{
    public const int UnknownReleaseVelocity = 64;

    public long EndTick => OnsetTick + DurationTicks;
}

/// <summary>Notes under one name, in order of onset, then pitch.</summary>
public sealed record ClipTrack(string Name, IReadOnlyList<ClipNote> Notes);

/// <param name="MicrosecondsPerQuarter">1..16777215, as files store it.</param>
public readonly record struct TempoChange(long Tick, int MicrosecondsPerQuarter)
{
    public double Bpm => 60e6 / MicrosecondsPerQuarter;

    public static TempoChange FromBpm(long tick, double bpm) => new(tick, (int)Math.Clamp(Math.Round(60e6 / bpm), 1, 0xFFFFFF));
}

public readonly record struct MeterChange(long Tick, Meter Meter);

/// <param name="Fifths">Sharps, or flats where negative: -7..7. Kept because Gb and F# are one <see cref="Key"/>.</param>
public readonly record struct KeyChange(long Tick, int Fifths, Mode Mode)
{
    public Key Key => Key.FromFifths(Fifths, Mode);
}

public enum ClipTextKind
{
    Text,
    Copyright,
    Lyric,
    Marker,
    CuePoint,
}

public readonly record struct ClipText(long Tick, ClipTextKind Kind, string Text);

/// <summary>A piece of MIDI music: notes and what is needed to read them. Tick 0 is a bar line.</summary>
public sealed record Clip
{
    /// <summary>Divisible by the 24 ticks of the grid; what most hosts use.</summary>
    public const int DefaultTicksPerQuarter = 960;

    public const double DefaultBpm = 120;

    public int TicksPerQuarter { get; init; } = DefaultTicksPerQuarter;

    public string Name { get; init; } = "";

    public IReadOnlyList<ClipTrack> Tracks { get; init; } = [];

    public IReadOnlyList<TempoChange> Tempos { get; init; } = [];

    public IReadOnlyList<MeterChange> Meters { get; init; } = [];

    public IReadOnlyList<KeyChange> Keys { get; init; } = [];

    public IReadOnlyList<ClipText> Texts { get; init; } = [];

    /// <summary>Where the clip ends; rests after the last note count.</summary>
    public long EndTick { get; init; }

    /// <summary>The notes of all tracks in order of onset, then pitch, then channel.</summary>
    public IEnumerable<ClipNote> Notes =>
        Tracks.SelectMany(track => track.Notes).OrderBy(note => note.OnsetTick).ThenBy(note => note.Pitch).ThenBy(note => note.Channel);

    /// <summary>The first key, if the clip names one.</summary>
    public Key? Key => Keys.Count > 0 ? Keys[0].Key : null;

    public double ToPpq(long tick) => tick / (double)TicksPerQuarter;

    /// <summary>The tick nearest to a position.</summary>
    public long ToTick(double positionPpq) => (long)Math.Round(positionPpq * TicksPerQuarter, MidpointRounding.AwayFromZero);

    /// <summary>The last of several changes at one tick holds; 120 bpm where the clip says nothing.</summary>
    public TempoMap ToTempoMap() => new(WithStart(
        Tempos.Select(change => new TempoPoint(ToPpq(change.Tick), change.Bpm)), point => point.PositionPpq, new TempoPoint(0, DefaultBpm)));

    /// <summary>The last of several changes at one tick holds; 4/4 where the clip says nothing.</summary>
    public MeterMap ToMeterMap() => new(WithStart(
        Meters.Select(change => new MeterPoint(ToPpq(change.Tick), change.Meter)), point => point.PositionPpq, new MeterPoint(0, Meter.CommonTime)));

    private static List<T> WithStart<T>(IEnumerable<T> changes, Func<T, double> position, T start)
    {
        var points = changes.GroupBy(position).OrderBy(group => group.Key).Select(group => group.Last()).ToList();
        if (points.Count == 0 || position(points[0]) > 0)
            points.Insert(0, start);
        return points;
    }
}
