using MidiMuse.Core.Harmony;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Clips;

/// <summary>A note of a part, on a host's timeline.</summary>
public readonly record struct PartNote(double OnsetPpq, double EndPpq, int Pitch, int Velocity, int Channel);

/// <summary>Notes under one name.</summary>
public sealed record PhrasePart(string Name, IEnumerable<PartNote> Notes);

/// <summary>A stretch of a project that becomes a clip: from a bar line to a bar line.</summary>
public sealed record PhraseClip
{
    public string Name { get; init; } = "MidiMuse";

    public required double StartPpq { get; init; }

    public required double EndPpq { get; init; }

    public required IReadOnlyList<PhrasePart> Parts { get; init; }

    /// <summary>Of the project; what holds at the start, and what changes within. Empty = unknown.</summary>
    public IReadOnlyList<TempoPoint> Tempos { get; init; } = [];

    public IReadOnlyList<MeterPoint> Meters { get; init; } = [];

    public Key? Key { get; init; }

    /// <summary>Texts at the start: where the music comes from.</summary>
    public IReadOnlyList<string> Provenance { get; init; } = [];

    public Clip ToClip()
    {
        var tracks = Parts.Select(Track).ToArray();
        var lastNote = tracks.SelectMany(track => track.Notes).Select(note => note.EndTick).DefaultIfEmpty(0).Max();
        return new Clip
        {
            Name = Name,
            Tracks = tracks,
            Tempos = [.. FromStart(Tempos, point => point.PositionPpq).Select(change => TempoChange.FromBpm(Tick(change.At), change.Point.Bpm))],
            Meters = [.. FromStart(Meters, point => point.PositionPpq).Select(change => new MeterChange(Tick(change.At), change.Point.Meter))],
            Keys = Key is { } key ? [new KeyChange(0, FifthsOf(key), key.Mode)] : [],
            Texts = [.. Provenance.Select(text => new ClipText(0, ClipTextKind.Text, text))],
            EndTick = Math.Max(Tick(EndPpq - StartPpq), lastNote),
        };
    }

    /// <summary>The signature with the fewest accidentals; six sharps rather than six flats.</summary>
    private static int FifthsOf(Key key)
    {
        var majorTonic = key.Mode == Mode.Major ? key.TonicPitchClass : (key.TonicPitchClass + 3) % 12;
        var fifths = majorTonic * 7 % 12;
        return fifths > 6 ? fifths - 12 : fifths;
    }

    private ClipTrack Track(PhrasePart part)
    {
        var notes = part.Notes.Select(note =>
        {
            var onset = Tick(note.OnsetPpq - StartPpq);
            return new ClipNote(onset, Math.Max(1, Tick(note.EndPpq - StartPpq) - onset), note.Pitch, note.Velocity, note.Channel);
        });
        return new ClipTrack(part.Name, [.. notes.OrderBy(note => note.OnsetTick).ThenBy(note => note.Pitch).ThenBy(note => note.Channel)]);
    }

    /// <summary>What holds at the start, then what follows before the end.</summary>
    private IEnumerable<(double At, T Point)> FromStart<T>(IReadOnlyList<T> points, Func<T, double> position)
    {
        if (points.Count == 0)
            yield break;
        yield return (0, points.Where(point => position(point) <= StartPpq).DefaultIfEmpty(points[0]).Last());
        foreach (var point in points.Where(point => position(point) > StartPpq && position(point) < EndPpq))
            yield return (position(point) - StartPpq, point);
    }

    /// <summary>A note a sample before the clip's start is meant to be on it.</summary>
    private static long Tick(double ppq) => Math.Max(0, (long)Math.Round(ppq * Clip.DefaultTicksPerQuarter, MidpointRounding.AwayFromZero));
}
