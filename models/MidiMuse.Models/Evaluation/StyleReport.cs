using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Evaluation;

/// <summary>A mean, and the mean distance of each answer from what really followed.</summary>
public sealed record StyleFigure(Estimate Mean, Estimate? Distance);

/// <summary>What the answers of one method are like. Null where a measure means nothing: pitches of drums, unknown keys.</summary>
public sealed record StyleRow(string Method, Role Role, StyleFigure? PitchClassEntropy, StyleFigure? ScaleConsistency, StyleFigure? GrooveConsistency, StyleFigure? RhythmicComplexity, Estimate? OutOfKey);

/// <summary>Measures of MusPy and of syncopation, on answers and on what really followed.</summary>
public static class StyleReport
{
    public static StyleRow Row(AnswerSet set)
    {
        var isPitched = set.Role != Role.Drums;
        return new StyleRow(
            set.Method,
            set.Role,
            isPitched ? Figure(set, (_, notes) => PitchClasses.Entropy(notes)) : null,
            isPitched ? Figure(set, (_, notes) => PitchClasses.ScaleConsistency(notes)) : null,
            Figure(set, (e, notes) => Groove.Consistency(notes, e.Context.Meter.BarTicks, e.PrimeTicks, e.EndTick)),
            Figure(set, (e, notes) => Groove.Complexity(notes, e.Context.Meter)),
            isPitched ? set.Mean((e, notes) => e.Context.Key is { } key ? PitchClasses.OutOfKey(notes, key) : null) : null);
    }

    private static StyleFigure? Figure(AnswerSet set, Func<Excerpt, IReadOnlyList<GridNote>, double?> measure) =>
        set.Mean(measure) is { } mean
            ? new StyleFigure(mean, set.Mean((e, notes) => measure(e, notes) is { } a && measure(e, e.Truth) is { } b ? Math.Abs(a - b) : null))
            : null;
}
