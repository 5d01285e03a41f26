using MidiMuse.Core.Notes;
using MidiMuse.Core.Rhythm;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>What controls are judged by, over many answers.</summary>
internal static class Measure
{
    public static double Share(IEnumerable<Answer> answers, Func<Answer, GridNote, bool> holds) => Share(answers, _ => true, holds);

    /// <summary>Of the notes that count, the share for which something holds.</summary>
    public static double Share(IEnumerable<Answer> answers, Func<GridNote, bool> counts, Func<Answer, GridNote, bool> holds)
    {
        var (of, held) = (0, 0);
        foreach (var answer in answers)
        {
            foreach (var note in answer.Notes.Where(counts))
            {
                of++;
                held += holds(answer, note) ? 1 : 0;
            }
        }
        Assert.True(of >= 40, $"only {of} notes to judge by");
        return held / (double)of;
    }

    public static double Mean(IEnumerable<Answer> answers, Func<Answer, double> value) => answers.Average(value);

    public static double OnsetsPerBeat(Answer answer) =>
        answer.Onsets.Length / ((double)answer.Bars * answer.BarTicks / MetricalLevel.BeatTicks(answer.Meter));

    public static double MotifOnsetsPerBeat(Answer answer)
    {
        var onsets = answer.Motif.ToGrid().Select(note => note.OnsetTick).Distinct().Count();
        return onsets / ((double)answer.Motif.Bars * answer.BarTicks / MetricalLevel.BeatTicks(answer.Meter));
    }

    public static double MeanPitch(Answer answer) => answer.Notes.Average(note => note.Pitch);

    public static bool IsStrong(Answer answer, GridNote note) => MetricalLevel.IsStrong(answer.Meter, note.OnsetTick % answer.BarTicks);

    public static long MotifTicks(Answer answer) => (long)answer.Motif.Bars * answer.BarTicks;

    /// <summary>F1 of the answer's onsets and the motif's, repeated.</summary>
    public static double RhythmF1(Answer answer)
    {
        var expected = Repeated(answer).Select(note => note.OnsetTick).ToHashSet();
        var common = answer.Onsets.Count(expected.Contains);
        return 2.0 * common / (expected.Count + answer.Onsets.Length);
    }

    /// <summary>F1 of the answer's notes (place and pitch) and the motif's, repeated.</summary>
    public static double CopyF1(Answer answer)
    {
        var expected = Repeated(answer).Select(note => (note.OnsetTick, note.Pitch)).ToHashSet();
        var common = answer.Notes.Count(note => expected.Contains((note.OnsetTick, note.Pitch)));
        return 2.0 * common / (expected.Count + answer.Notes.Length);
    }

    /// <summary>F1 of each bar's notes (place and pitch) and those of the bar before, mean over the bars that have notes.</summary>
    public static double LikenessOfNeighbours(Answer answer)
    {
        var bars = answer.Notes.GroupBy(note => note.OnsetTick / answer.BarTicks).ToDictionary(bar => bar.Key, bar => bar.Select(note => (note.OnsetTick % answer.BarTicks, note.Pitch)).ToHashSet());
        return bars.Where(bar => bars.ContainsKey(bar.Key - 1)).Average(bar => 2.0 * bar.Value.Count(bars[bar.Key - 1].Contains) / (bar.Value.Count + bars[bar.Key - 1].Count));
    }

    /// <summary>Share of steps up, down or none that are the motif's at the same number.</summary>
    public static double ContourAgreement(Answer answer)
    {
        var motif = answer.Motif.ToGrid().GroupBy(note => note.OnsetTick).Select(chord => chord.Max(note => note.Pitch)).ToArray();
        var line = answer.TopLine;
        var agreeing = 0;
        for (var i = 1; i < line.Length; i++)
        {
            var wanted = Math.Sign(motif[i % motif.Length] - motif[(i - 1) % motif.Length]);
            agreeing += Math.Sign(line[i].Pitch - line[i - 1].Pitch) == wanted ? 1 : 0;
        }
        return line.Length < 2 ? 1 : agreeing / (double)(line.Length - 1);
    }

    /// <summary>Share of steps from onset to onset of at most a whole tone.</summary>
    public static double Steps(Answer answer)
    {
        var line = answer.TopLine;
        if (line.Length < 2)
            return 1;
        return line.Zip(line.Skip(1)).Count(pair => Math.Abs(pair.First.Pitch - pair.Second.Pitch) <= 2) / (double)(line.Length - 1);
    }

    /// <summary>Share of the time from an onset to the next that the note sounds, 1 at most; within bars.</summary>
    public static double Sounding(Answer answer)
    {
        var shares = new List<double>();
        var barPpq = answer.Meter.BarPpq;
        for (var i = 0; i < answer.Played.Length; i++)
        {
            var note = answer.Played[i];
            var next = answer.Played.Skip(i + 1).FirstOrDefault(other => other.OnsetPpq > note.OnsetPpq);
            var end = (Math.Floor((note.OnsetPpq / barPpq) + 1e-9) + 1) * barPpq;
            end = next.Pitch > 0 ? Math.Min(end, next.OnsetPpq) : end;
            shares.Add(Math.Min(1, (note.EndPpq - note.OnsetPpq) / (end - note.OnsetPpq)));
        }
        return shares.Average();
    }

    private static IEnumerable<GridNote> Repeated(Answer answer)
    {
        var length = MotifTicks(answer);
        for (var origin = 0L; origin < (long)answer.Bars * answer.BarTicks; origin += length)
        {
            foreach (var note in answer.Motif.ToGrid())
            {
                if (origin + note.OnsetTick < (long)answer.Bars * answer.BarTicks)
                    yield return note with { OnsetTick = origin + note.OnsetTick };
            }
        }
    }
}
