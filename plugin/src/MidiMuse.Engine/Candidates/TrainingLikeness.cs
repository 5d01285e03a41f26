using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Candidates;

/// <summary>How much of a candidate stands in the music that the model was trained on.</summary>
/// <param name="Nearest">Title of the piece with the longest run.</param>
public readonly record struct TrainingLikeness(OriginalityReport Report, string Nearest);

/// <summary>A candidate as far as it is made, for ranking.</summary>
/// <param name="Wanted">How many bars it will have.</param>
/// <param name="Likeness">Null where it was not measured.</param>
public sealed record CandidateLine(int Index, IReadOnlyList<AnswerBar> Bars, int Wanted, TrainingLikeness? Likeness = null);

/// <summary>Measures candidates against the training music, each anew only when its bars have changed. [engine]</summary>
public sealed class TrainingLikenesses
{
    private readonly (AnswerFrame? Frame, AnswerBar? Last, int Bars, TrainingLikeness Likeness)[] _known =
        new (AnswerFrame?, AnswerBar?, int, TrainingLikeness)[AnswerLines.MostCandidates];

    private OriginalityMeter? _meter;

    /// <summary>The training music once it has been read; asking for it must not wait.</summary>
    public Func<OriginalityIndex?> TrainingMusic { get; set; } = static () => null;

    /// <summary>Null where the training music is not at hand, or there is nothing to compare.</summary>
    public TrainingLikeness? Of(AnswerFrame frame, Role role, int candidate, IReadOnlyList<AnswerBar> bars)
    {
        if (bars.Count == 0 || TrainingMusic() is not { } index)
            return null;
        ref var known = ref _known[candidate];
        // Lines grow and are cut at their ends: the same last bar at the same place means the same bars.
        if (!ReferenceEquals(known.Frame, frame) || !ReferenceEquals(known.Last, bars[^1]) || known.Bars != bars.Count)
            known = (frame, bars[^1], bars.Count, Measure(frame, role, bars, index));
        return known.Likeness.Report.IsMeasured ? known.Likeness : null;
    }

    private TrainingLikeness Measure(AnswerFrame frame, Role role, IReadOnlyList<AnswerBar> bars, OriginalityIndex index)
    {
        _meter ??= new OriginalityMeter(index);
        GridNote[] notes = [.. bars.SelectMany(bar => bar.Notes).Select(frame.Quantise).OrderBy(note => note.OnsetTick).ThenBy(note => note.Pitch)];
        var report = _meter.Measure(role, frame.Head, notes);
        return new TrainingLikeness(report, report.NearestPiece < 0 ? "" : index.TitleOf(report.NearestPiece));
    }
}
