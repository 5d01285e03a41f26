using MidiMuse.Core.Clips;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Models.Evaluation;

namespace MidiMuse.Models.Listening;

/// <summary>A prime and a continuation as a clip that a General MIDI synthesizer plays.</summary>
public static class ExcerptClip
{
    public const double Bpm = 110;

    /// <summary>Every note where the source has no dynamics: a constant loudness must not give the human away.</summary>
    private const int EvenVelocity = 80;

    private const int DrumChannel = 9;

    private const int TicksPerGridTick = Clip.DefaultTicksPerQuarter / GridTime.TicksPerQuarter;

    /// <summary>Both as one track; notes end with the continuation at the latest.</summary>
    public static Clip Of(Excerpt excerpt, IReadOnlyList<GridNote> continuation, string name)
    {
        var channel = excerpt.Context.Role == Role.Drums ? DrumChannel : 0;
        var notes = excerpt.Prime.Concat(continuation).Select(n => new ClipNote(
            n.OnsetTick * TicksPerGridTick,
            Math.Min(n.DurationTicks, excerpt.EndTick - n.OnsetTick) * TicksPerGridTick,
            n.Pitch,
            excerpt.VelocityIsKnown ? n.Velocity : EvenVelocity,
            channel));
        return new Clip
        {
            Name = name,
            Tracks = [new ClipTrack(name, [.. notes.OrderBy(n => n.OnsetTick).ThenBy(n => n.Pitch)])],
            Tempos = [TempoChange.FromBpm(0, Bpm)],
            Meters = [new MeterChange(0, excerpt.Context.Meter)],
            EndTick = excerpt.EndTick * TicksPerGridTick,
        };
    }

    /// <summary>Seconds from the beginning to the continuation.</summary>
    public static double PrimeSeconds(Excerpt excerpt) => GridTime.ToPpq(excerpt.PrimeTicks) * 60 / Bpm;
}
