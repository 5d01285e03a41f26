using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>One method's answers to the excerpts of one role, each from a seed of its own.</summary>
public sealed record AnswerSet(string Method, Role Role, IReadOnlyList<Excerpt> Excerpts, IReadOnlyList<IReadOnlyList<GridNote>> Answers)
{
    /// <param name="progress">Called after each excerpt.</param>
    /// <param name="firstSeed">The first excerpt's; each of the others has the next.</param>
    public static AnswerSet Draw(IContinuation method, Role role, IReadOnlyList<Excerpt> excerpts, Action progress, ulong firstSeed = 1)
    {
        var answers = new List<IReadOnlyList<GridNote>>();
        foreach (var excerpt in excerpts)
        {
            answers.Add(method.Answer(excerpt, firstSeed + (ulong)answers.Count));
            progress();
        }
        return new AnswerSet(method.Name, role, excerpts, answers);
    }

    /// <summary>The same answers where those of another set stand for the real continuations.</summary>
    public AnswerSet Against(AnswerSet truth) =>
        this with { Excerpts = [.. Excerpts.Zip(truth.Answers, (excerpt, answer) => excerpt with { Truth = answer })] };

    /// <summary>The mean of a measure over the excerpts in which it is defined, null where there is none.</summary>
    public Estimate? Mean(Func<Excerpt, IReadOnlyList<GridNote>, double?> measure) =>
        Bootstrap.Ratio([.. Excerpts.Zip(Answers, measure).OfType<double>().Select(v => (v, 1.0))]);
}
