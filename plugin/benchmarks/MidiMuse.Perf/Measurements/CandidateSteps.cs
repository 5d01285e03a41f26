using System.Diagnostics;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Models;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Measurements;

/// <summary>Candidates of a bar that step together, and what a note of each costs as their number grows.</summary>
internal static class CandidateSteps
{
    private const int PhraseNotes = 32;
    private const int StepsPerRound = 12;

    private static readonly int[] Sizes = [1, 2, 4, 8, 16];

    /// <summary>Nothing for models whose candidates cannot step together.</summary>
    public static IEnumerable<Figure> Measure(INoteEventModel model, int rounds)
    {
        var single = 0.0;
        using var phrase = model.CreateSession();
        phrase.Reset(new PhraseContext(Meter.CommonTime, Role.Melody, null));
        for (var i = 0; i < PhraseNotes; i++)
            phrase.Step(new GridNote(i * GridTime.TicksPerQuarter, GridTime.TicksPerQuarter, 60 + (i % 12), 80));
        foreach (var size in Sizes)
        {
            using var batch = model.CreateBatch(size);
            if (batch is null)
                yield break;
            var microseconds = new Distribution(Steps(batch, phrase, rounds));
            single = size == 1 ? microseconds.Median : single;
            yield return Figure.Of($"{model.Description.Name}, candidates together", $"step of {size}", "us", microseconds) with
            {
                Note = FormattableString.Invariant($"{size * 1e6 / microseconds.Median:F0} notes/s, {size * single / microseconds.Median:F1} times one alone"),
            };
        }
    }

    private static List<double> Steps(CandidateBatch batch, NoteEventSession phrase, int rounds)
    {
        var microseconds = new List<double>();
        for (var round = -1; round < rounds; round++)
        {
            batch.Begin(phrase);
            for (var step = 0; step < StepsPerRound; step++)
            {
                var start = Stopwatch.GetTimestamp();
                for (var i = 0; i < batch.Size; i++)
                    batch[i].Step(6, 60 + ((step + i) % 12), 6, 20);
                batch.Advance();
                if (round >= 0) // the first round warmed everything up
                    microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }
        return microseconds;
    }
}
