using MidiMuse.Core.Clips;
using MidiMuse.Host.Performances;

namespace MidiMuse.Host.Motifs;

/// <summary>Makes clips of what was played: the answer alone from its first bar line, or motif and answer.</summary>
public static class AnswerClip
{
    public static Clip AnswerOnly(MotifPlan plan, MotifResult result)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(result);
        return Make(plan, result.AnswerStartPpq, result.AnswerEndPpq, [Track("Answer", result.Answer.Select(ToInput), result.AnswerStartPpq)]);
    }

    public static Clip WithMotif(MotifPlan plan, MotifResult result)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(result);
        var start = plan.Transport.Meters.BarAt(plan.Motif.Min(n => n.OnsetPpq)).StartPpq;
        return Make(plan, start, result.AnswerEndPpq, [Track("Motif", plan.Motif, start), Track("Answer", result.Answer.Select(ToInput), start)]);
    }

    private static Clip Make(MotifPlan plan, double startPpq, double endPpq, ClipTrack[] tracks)
    {
        var transport = plan.Transport;
        var lastNote = tracks.SelectMany(t => t.Notes).Select(n => n.EndTick).DefaultIfEmpty(0).Max();
        return new Clip
        {
            Name = "MidiMuse",
            Tracks = tracks,
            Tempos = [.. FromStart(transport.Tempos.Points, p => p.PositionPpq, startPpq).Select(p => TempoChange.FromBpm(ToTick(p.At), p.Point.Bpm))],
            Meters = [.. FromStart(transport.Meters.Points, p => p.PositionPpq, startPpq).Select(p => new MeterChange(ToTick(p.At), p.Point.Meter))],
            EndTick = Math.Max(ToTick(endPpq - startPpq), lastNote),
        };
    }

    /// <summary>What holds at the start, then what follows, from the start on.</summary>
    private static IEnumerable<(double At, T Point)> FromStart<T>(IReadOnlyList<T> points, Func<T, double> position, double startPpq)
    {
        yield return (0, points.Where(p => position(p) <= startPpq).DefaultIfEmpty(points[0]).Last());
        foreach (var point in points.Where(p => position(p) > startPpq))
            yield return (position(point) - startPpq, point);
    }

    private static ClipTrack Track(string name, IEnumerable<InputNote> notes, double startPpq)
    {
        var clipNotes = notes.Select(n =>
        {
            var onset = ToTick(n.OnsetPpq - startPpq);
            return new ClipNote(onset, Math.Max(1, ToTick(n.OnsetPpq + n.DurationPpq - startPpq) - onset), n.Pitch, n.Velocity, n.Channel);
        });
        return new ClipTrack(name, [.. clipNotes.OrderBy(n => n.OnsetTick).ThenBy(n => n.Pitch).ThenBy(n => n.Channel)]);
    }

    private static InputNote ToInput(EmittedNote n) => new(n.OnsetPpq, n.DurationPpq, n.Pitch, n.Velocity, n.Channel);

    /// <summary>A note a sample before the clip's start is meant to be on it.</summary>
    private static long ToTick(double ppq) => Math.Max(0, (long)Math.Round(ppq * Clip.DefaultTicksPerQuarter));
}
