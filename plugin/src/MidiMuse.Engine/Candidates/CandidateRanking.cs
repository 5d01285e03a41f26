using System.Collections.Immutable;
using System.Globalization;
using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Candidates;

/// <summary>
/// Scores candidates and says why: what the model thinks of them, how near they stay to what was asked, how new they are
/// against the motif, and against the music that the model was trained on. Pure.
/// </summary>
public static class CandidateRanking
{
    private const double LikelihoodWeight = 0.25;
    private const double FitWeight = 0.25;
    private const double NoveltyWeight = 0.35;
    private const double OriginalityWeight = 0.15;

    /// <summary>Neither a copy nor a stranger: an answer that shares about a third with the motif.</summary>
    private const double BestNovelty = 0.65;

    /// <summary>One nat a note more than the likeliest candidate costs this share of the likelihood's score.</summary>
    private const double NatDecay = 1.0;

    /// <param name="lines">Candidates with their bars, as far as they are made; those without notes rank last.</param>
    public static ImmutableArray<Candidate> Rank(AnswerFrame frame, IEnumerable<CandidateLine> lines)
    {
        var measured = lines.Select(line => Measure(frame, line)).ToArray();
        var likeliest = measured.Where(candidate => candidate.Notes > 0).Select(candidate => candidate.NatsPerNote).DefaultIfEmpty(0).Min();
        return [.. measured.Select(candidate => Judge(candidate, likeliest))];
    }

    private static Measured Measure(AnswerFrame frame, CandidateLine line)
    {
        var bars = line.Bars;
        var notes = bars.SelectMany(bar => bar.Notes).Select(frame.Quantise).ToArray();
        var made = bars.Where(bar => bar.Origin == BarOrigin.Model).ToArray();
        var madeNotes = made.Sum(bar => bar.Notes.Length);
        var nats = madeNotes == 0 ? 0 : -made.Sum(bar => bar.LogLikelihood) / madeNotes;
        // The motif against stretches of its own length: a copy anywhere in the answer is a copy.
        var shared = 0.0;
        for (var start = 0; start < bars.Count; start += Math.Max(1, frame.Motif.Bars))
        {
            var stretch = bars.Skip(start).Take(frame.Motif.Bars).SelectMany(bar => bar.Notes).Select(frame.Quantise);
            shared = Math.Max(shared, CardinalityScore.Of(frame.MotifGrid, stretch)?.F1 ?? 0);
        }
        return new Measured(line, notes.Length, nats, 1 - shared, Density(notes, bars.Count), Density(frame.MotifGrid, frame.Motif.Bars), Register(notes), Register(frame.MotifGrid));
    }

    private static Candidate Judge(in Measured candidate, double likeliest)
    {
        if (candidate.Notes == 0)
            return new Candidate(candidate.Line.Index, [.. candidate.Line.Bars], candidate.Line.Wanted, 0, 0, 1, ["no notes"]);
        var likelihood = Math.Exp(-(candidate.NatsPerNote - likeliest) / NatDecay);
        var densityRatio = candidate.Density / Math.Max(0.25, candidate.MotifDensity);
        var octaves = (candidate.Register - candidate.MotifRegister) / 12;
        var fit = Math.Exp(-Math.Abs(Math.Log(Math.Max(0.05, densityRatio))) - Math.Abs(octaves));
        var novelty = 1 - (Math.Abs(candidate.Novelty - BestNovelty) / Math.Max(BestNovelty, 1 - BestNovelty));
        var score = (LikelihoodWeight * likelihood) + (FitWeight * fit) + (NoveltyWeight * Math.Max(0, novelty)) + (OriginalityWeight * OriginalityOf(candidate.Line.Likeness));
        return new Candidate(
            candidate.Line.Index,
            [.. candidate.Line.Bars],
            candidate.Line.Wanted,
            Math.Clamp(score, 0, 1),
            candidate.NatsPerNote,
            candidate.Novelty,
            [LikelihoodWords(candidate.NatsPerNote, likeliest), DensityWords(densityRatio), RegisterWords(octaves), NoveltyWords(candidate.Novelty), .. LikenessWords(candidate.Line.Likeness)]);
    }

    /// <summary>1 where nothing is known, so that the training music, which comes late, lowers a score and never raises one.</summary>
    private static double OriginalityOf(TrainingLikeness? likeness) => likeness?.Report.Verdict switch
    {
        OriginalityVerdict.Copied => 0,
        OriginalityVerdict.Familiar => 0.5,
        _ => 1,
    };

    private static string[] LikenessWords(TrainingLikeness? likeness) => likeness?.Report.Verdict switch
    {
        OriginalityVerdict.Copied => [string.Create(CultureInfo.InvariantCulture, $"{likeness.Value.Report.LongestRun} notes as in {likeness.Value.Nearest}")],
        OriginalityVerdict.Familiar => [$"close to {likeness.Value.Nearest}"],
        _ => [],
    };

    private static string LikelihoodWords(double nats, double likeliest)
    {
        var beyond = nats - likeliest;
        var word = beyond < 0.1 ? "what the model expects" : beyond < 0.6 ? "a little surprising" : "surprising";
        return string.Create(CultureInfo.InvariantCulture, $"{word} ({nats:0.00} nats a note)");
    }

    private static string DensityWords(double ratio) => ratio switch
    {
        < 0.7 => string.Create(CultureInfo.InvariantCulture, $"sparser than the motif ({ratio:0.0} times its notes)"),
        > 1.4 => string.Create(CultureInfo.InvariantCulture, $"denser than the motif ({ratio:0.0} times its notes)"),
        _ => "as dense as the motif",
    };

    private static string RegisterWords(double octaves) => octaves switch
    {
        < -0.4 => string.Create(CultureInfo.InvariantCulture, $"lower than the motif by {-octaves * 12:0} semitones"),
        > 0.4 => string.Create(CultureInfo.InvariantCulture, $"higher than the motif by {octaves * 12:0} semitones"),
        _ => "in the motif's register",
    };

    private static string NoveltyWords(double novelty) => novelty switch
    {
        < 0.3 => "repeats the motif",
        < 0.75 => "develops the motif",
        _ => "brings new material",
    };

    private static double Density(GridNote[] notes, int bars) => bars == 0 ? 0 : notes.Length / (double)bars;

    private static double Register(GridNote[] notes) => notes.Length == 0 ? 60 : notes.Average(note => note.Pitch);

    private readonly record struct Measured(
        CandidateLine Line,
        int Notes,
        double NatsPerNote,
        double Novelty,
        double Density,
        double MotifDensity,
        double Register,
        double MotifRegister);
}
